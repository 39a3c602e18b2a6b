package dev.nightdesk.logic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tells a ticket line by line, for tests. Times are like 2021-06-28T11:00:00, in UTC. */
final class TicketScript {

  static final AuthorRoles ROLES =
      new AuthorRoles(Map.of("h:ann", List.of(), "h:bob", List.of()), Set.of("h:robot"));

  private final String createdAt;
  private StatedState stated;
  private final List<SlaEvent> slaEvents = new ArrayList<>();
  private final List<VendorMetric> vendorMetrics = new ArrayList<>();
  private String direction = "inbound";
  private String channel = "email";
  private String mergedIntoKey;
  private String priority;
  private boolean isDeleted;
  private final List<Change> changes = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final List<Survey> surveys = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<MacroUse> macroUses = new ArrayList<>();
  private SlaPolicies policies = SlaPolicies.of(List.of());
  private BusinessTime businessTime = BusinessTime.ALWAYS;
  private int id;

  private TicketScript(String createdAt) {
    this.createdAt = createdAt;
  }

  static TicketScript createdAt(String time) {
    return new TicketScript(time);
  }

  static long at(String time) {
    return Micros.of(Instant.parse(time + "Z"));
  }

  TicketScript outbound() {
    direction = "outbound";
    return this;
  }

  TicketScript by(String channelCode) {
    channel = channelCode;
    return this;
  }

  TicketScript mergedInto(String ticketKey) {
    mergedIntoKey = ticketKey;
    return this;
  }

  TicketScript deleted() {
    isDeleted = true;
    return this;
  }

  TicketScript withPriority(String code) {
    priority = code;
    return this;
  }

  TicketScript with(SlaPolicies known) {
    policies = known;
    return this;
  }

  TicketScript with(BusinessTime time) {
    businessTime = time;
    return this;
  }

  TicketScript customer(String time) {
    return message(time, "h:customer", AuthorClass.CUSTOMER, null);
  }

  TicketScript agent(String time, String agentKey) {
    return message(time, agentKey, AuthorClass.AGENT, null);
  }

  TicketScript bot(String time) {
    return message(time, "h:robot", AuthorClass.BOT, null);
  }

  TicketScript chat(String time, AuthorClass author, String sessionId) {
    return message(time, author == AuthorClass.AGENT ? "h:ann" : "h:customer", author, sessionId);
  }

  TicketScript note(String time, String agentKey) {
    messages.add(
        new Message(
            at(time),
            0,
            nextId(),
            agentKey,
            AuthorClass.AGENT,
            false,
            false,
            null,
            null,
            null,
            null,
            null));
    return this;
  }

  TicketScript mergedMessage(String time, AuthorClass author) {
    String key = author == AuthorClass.AGENT ? "h:bob" : "h:customer";
    messages.add(
        new Message(
            at(time), 0, "h:9/" + nextId(), key, author, true, true, null, null, null, null, null));
    return this;
  }

  private TicketScript message(
      String time, String author, AuthorClass authorClass, String session) {
    messages.add(
        new Message(
            at(time),
            0,
            nextId(),
            author,
            authorClass,
            true,
            false,
            session,
            null,
            null,
            null,
            null));
    return this;
  }

  TicketScript status(String time, String status, String actorKey) {
    return change(time, "status", null, status, actorKey);
  }

  TicketScript assign(String time, String agentKey) {
    return change(time, "assignee", null, agentKey, "h:robot");
  }

  TicketScript change(String time, String type, String before, String after, String actorKey) {
    changes.add(
        new Change(
            at(time),
            0,
            nextId(),
            type,
            before,
            after,
            actorKey,
            ROLES.classOf(null, actorKey, at(time))));
    return this;
  }

  TicketScript survey(String sentAt, String answeredAt) {
    surveys.add(
        new Survey(
            "h:s" + nextId(),
            "h",
            "h:customer",
            null,
            "csat",
            1.0,
            5.0,
            true,
            4.0,
            null,
            sentAt == null ? null : (Long) at(sentAt),
            answeredAt == null ? null : (Long) at(answeredAt)));
    return this;
  }

  /** An inbound call with one leg per agent; an instant that is null did not come. */
  TicketScript call(String startedAt, String queuedAt, String answeredAt, String... agentKeys) {
    calls.add(
        new Call(
            "h:call" + nextId(),
            false,
            "h",
            "call",
            "h:customer",
            "inbound",
            at(startedAt),
            queuedAt == null ? null : (Long) at(queuedAt),
            answeredAt == null ? null : (Long) at(answeredAt),
            null,
            null,
            Stream.of(agentKeys).map(key -> new Call.Leg(key, key, 60, 0, 0)).toList()));
    return this;
  }

  TicketScript outboundCall(String startedAt, String answeredAt, String agentKey) {
    calls.add(
        new Call(
            "h:call" + nextId(),
            false,
            "h",
            "call",
            "h:customer",
            "outbound",
            at(startedAt),
            null,
            at(answeredAt),
            null,
            null,
            List.of(new Call.Leg("1", agentKey, 60, 0, 0))));
    return this;
  }

  TicketScript stated(String at, String status, String assigneeKey) {
    stated = StatedState.of(status, assigneeKey, at(at));
    return this;
  }

  /** What the vendor tells of a promise. */
  TicketScript vendorSla(String time, SlaMetric metric, int number, SlaEvent.Kind kind) {
    slaEvents.add(new SlaEvent(metric, number, kind, at(time), null, null));
    return this;
  }

  /** A target by the calendar that the vendor sets. */
  TicketScript vendorTarget(String time, SlaMetric metric, int number, long seconds) {
    slaEvents.add(
        new SlaEvent(
            metric,
            number,
            SlaEvent.Kind.APPLY,
            at(time),
            new SlaPolicy.Target(metric, null, seconds, false),
            "h:vendors"));
    return this;
  }

  /** A figure of the vendor in whole minutes, null for none. */
  TicketScript vendor(String metricCode, String clockCode, Long minutes) {
    Long seconds = minutes == null ? null : (Long) (minutes * 60);
    vendorMetrics.add(new VendorMetric(metricCode, clockCode, seconds, 60, 0));
    return this;
  }

  /** A count of the vendor. */
  TicketScript vendorCount(String metricCode, long count) {
    vendorMetrics.add(new VendorMetric(metricCode, "none", count, 1, 0));
    return this;
  }

  TicketScript macro(String usedAt, String macroKey, String usedInId, String agentKey) {
    macroUses.add(new MacroUse("h:use" + nextId(), macroKey, usedInId, agentKey, at(usedAt)));
    return this;
  }

  private String nextId() {
    return Integer.toString(++id);
  }

  TicketFacts asOf(String time) {
    TicketHeader header =
        new TicketHeader(
            "h:1",
            "h",
            "1",
            "h:customer",
            "h:customer",
            direction,
            "question",
            channel,
            priority,
            "unspecified",
            "unspecified",
            null,
            null,
            mergedIntoKey,
            false,
            isDeleted,
            false,
            createdAt == null ? null : (Long) at(createdAt),
            stated,
            false,
            null,
            0);
    return new TicketMachine(ROLES, at(time))
        .read(
            new TicketRecords(
                header, changes, messages, surveys, calls, macroUses, slaEvents, vendorMetrics),
            policies,
            businessTime);
  }

  /** The vendor's figures beside ours. */
  List<Reconciliation> reconciled() {
    return Reconciliation.of(read(), vendorMetrics, businessTime, at("2030-01-01T00:00:00"));
  }

  TicketFacts read() {
    return asOf("2030-01-01T00:00:00");
  }
}
