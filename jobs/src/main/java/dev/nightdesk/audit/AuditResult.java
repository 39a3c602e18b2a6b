package dev.nightdesk.audit;

import java.util.Objects;

/**
 * A rule held against a table.
 *
 * @param rule the rule
 * @param table the table; of a rule about dumps, the source and its entity
 * @param segment which part of it: a column, a breakdown and figure, a date; {@code all} where the
 *     rule holds everywhere
 * @param isPassed whether the rule holds
 * @param expected what the rule wants, in words or numbers
 * @param found what there is
 */
public record AuditResult(
    Rule rule, String table, String segment, boolean isPassed, String expected, String found) {

  /** The segment of a rule that holds everywhere. */
  public static final String EVERYWHERE = "all";

  public AuditResult {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(segment, "segment");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(found, "found");
  }

  static AuditResult passed(Rule rule, String table, String expected, String found) {
    return new AuditResult(rule, table, EVERYWHERE, true, expected, found);
  }

  static AuditResult failed(
      Rule rule, String table, String segment, String expected, String found) {
    return new AuditResult(rule, table, segment, false, expected, found);
  }

  /** The result in one line, for people. */
  public String text() {
    return "%s, %s, %s: expected %s, found %s"
        .formatted(rule.code(), table, segment, expected, found);
  }
}
