package dev.nightdesk.logic;

import java.util.Objects;

/**
 * A change of a ticket.
 *
 * @param at when, in microseconds
 * @param sequence the source's order among entries of one instant; 0 without one
 * @param id the source's own id
 * @param typeCode what changed: status, assignee, priority, type, spam, merge or sla_policy
 * @param previousValue the value before; null: none or unknown
 * @param newValue the value after; null: none
 * @param actorKey null: unknown
 * @param actorClass what the actor was then
 */
public record Change(
    long at,
    long sequence,
    String id,
    String typeCode,
    String previousValue,
    String newValue,
    String actorKey,
    AuthorClass actorClass)
    implements Entry {

  static final String STATUS = "status";
  static final String ASSIGNEE = "assignee";
  static final String PRIORITY = "priority";
  static final String SPAM = "spam";
  static final String MERGE = "merge";
  static final String SLA_POLICY = "sla_policy";
  static final String DELETED = "deleted";

  public Change {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(typeCode, "typeCode");
    Objects.requireNonNull(actorClass, "actorClass");
  }

  boolean is(String code) {
    return typeCode.equals(code);
  }
}
