package dev.nightdesk.histories;

import static dev.nightdesk.histories.Story.changed;
import static dev.nightdesk.histories.Story.fields;

import dev.nightdesk.histories.Version.Coming;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What happens to one ticket, step by random step, with the records that tell it. */
final class TicketTale {

  private static final LocalDate CLOCK_CHANGE = LocalDate.of(2026, 3, 29);
  private static final LocalDate QUARTER_END = LocalDate.of(2026, 3, 31);

  private final Story story;
  private final Staff staff;
  private final People people;
  private final String id;
  private final Instant createdAt;
  private final Coming coming;
  private final List<Map<String, Object>> messages = new ArrayList<>();
  private Map<String, Object> row;
  private Instant at;
  private String status = "new";
  private String assignee;
  private int number;

  TicketTale(Story story, Staff staff, People people, String id, Instant createdAt) {
    this.story = story;
    this.staff = staff;
    this.people = people;
    this.id = id;
    this.createdAt = createdAt;
    this.at = createdAt;
    this.coming = story.chance.of(0.15) ? Coming.HELD_BACK : Coming.ANY;
    boolean isOutbound = story.chance.of(0.1);
    this.row =
        fields(
            "ticket_id",
            id,
            "created_at",
            createdAt,
            "requester_id",
            story.chance.of(0.93) ? people.anyCustomer() : null,
            "opened_by_id",
            isOutbound ? staff.anyAgent() : null,
            "type",
            story.chance.pick(story.id("returns"), story.id("delivery"), story.id("other")),
            "channel",
            story.chance.pick("email", "email", "chat", "phone", "instagram", "web"),
            "priority",
            story.chance.pick("normal", "normal", "urgent", null),
            "brand",
            story.chance.pick("red", "blue", null),
            "team",
            story.chance.pick("first", "second", null),
            "is_sample",
            story.chance.of(0.02) ? true : null,
            "schedule_id",
            story.chance.of(0.9) ? staff.schedule() : null);
  }

  String id() {
    return id;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** When the last step happened. */
  Instant endedAt() {
    return at;
  }

  String channel() {
    return (String) row.get("channel");
  }

  String requester() {
    return (String) row.get("requester_id");
  }

  String assignee() {
    return assignee;
  }

  /** The ids of its messages. */
  List<Object> messageIds() {
    return messages.stream().map(message -> message.get("message_id")).toList();
  }

  void tell() {
    row(days());
    if (channel().equals("chat")) {
      chat();
    } else {
      message("customer", requester(), true);
    }
    int steps = story.chance.between(2, 9);
    for (int i = 0; i < steps; i++) {
      at = story.later(at);
      step();
    }
    if (story.chance.of(0.6) && !isResolved()) {
      at = story.later(at);
      status(story.chance.pick("solved", "solved", "closed"));
    }
  }

  private Happening[] days() {
    LocalDate day = createdAt.atZone(Story.ZONE).toLocalDate();
    List<Happening> days = new ArrayList<>();
    if (day.equals(CLOCK_CHANGE)) {
      days.add(Happening.CLOCK_CHANGE_DAY);
    }
    if (day.equals(QUARTER_END)) {
      days.add(Happening.QUARTER_END);
    }
    if (Story.midnightAfter(createdAt.minusSeconds(1)).equals(createdAt)) {
      days.add(Happening.AT_MIDNIGHT);
    }
    return days.toArray(Happening[]::new);
  }

  private void step() {
    switch (story.chance.between(0, 15)) {
      case 0, 1 -> message("customer", requester(), true);
      case 2, 3, 4 -> reply();
      case 5 -> message("bot", staff.robot(), true);
      case 6 -> message("agent", staff.anyAgent(), false);
      case 7, 8 -> assign(staff.anyAgent());
      case 9 -> status(story.chance.pick("open", "pending", "hold"));
      case 10, 11 -> status(isResolved() ? "open" : "solved");
      case 12 -> priority();
      case 13 -> rowChange();
      case 14 -> takeBack();
      default -> special();
    }
  }

  /** Another version of the ticket's own row, as of the present step. */
  private void row(Happening... tells) {
    story.tell("desk", "ticket", changed(row, "updated_at", at), coming, tells);
  }

  void rowWith(Instant when, Happening tells, Object... namesAndValues) {
    at = when.isAfter(at) ? when : at.plusSeconds(1);
    row = changed(row, namesAndValues);
    row(tells, Happening.CORRECTION);
  }

  void event(Instant when, String type, String previous, String next, Happening... tells) {
    at = when.isAfter(at) ? when : at.plusSeconds(1);
    event(type, previous, next, staff.anyAgent(), null, tells);
  }

  private Map<String, Object> event(
      String type,
      String previous,
      String next,
      String actor,
      String actorClass,
      Happening... tells) {
    Map<String, Object> event =
        fields(
            "event_id", String.valueOf(++number),
            "ticket_id", id,
            "occurred_at", at,
            "sequence", story.chance.of(0.2) ? number : null,
            "event_type", type,
            "previous_value", previous,
            "new_value", next,
            "actor_id", actor,
            "actor_class", actorClass);
    story.desk("ticket_event", event, tells);
    if (story.chance.of(0.05)) {
      story.desk(
          "ticket_event",
          changed(event, "occurred_at", at.minusSeconds(30), "updated_at", at.plusSeconds(90)),
          Happening.CORRECTION);
    }
    return event;
  }

  private void message(String authorClass, String author, boolean isPublic, Happening... tells) {
    Map<String, Object> message =
        fields(
            "message_id",
            String.valueOf(++number),
            "ticket_id",
            id,
            "sent_at",
            at,
            "author_id",
            author,
            "author_class",
            story.chance.of(0.7) || author == null ? authorClass : null,
            "is_public",
            isPublic ? null : false,
            "is_failed",
            story.chance.of(0.03) ? true : null,
            "chat_session_id",
            channel().equals("chat") ? id + "-chat" : null,
            "language",
            story.chance.pick("en", "en", "de", null),
            "sentiment_score",
            authorClass.equals("customer") && story.chance.of(0.5)
                ? story.chance.between(-10, 10) / 10.0
                : null,
            "body",
            "text " + number);
    messages.add(message);
    story.desk("message", message, tells);
  }

  /** A reply, often in the very second in which it was due. */
  private void reply() {
    if (!messages.isEmpty() && story.chance.of(0.25)) {
      Instant asked = (Instant) messages.get(messages.size() - 1).get("sent_at");
      Instant due =
          asked.plus(number <= 1 ? Staff.FIRST_RESPONSE : Staff.NEXT_RESPONSE.plusSeconds(0));
      if (due.isAfter(asked) && !due.isBefore(at.minusSeconds(7_200))) {
        at = due;
        message("agent", staff.anyAgent(), true, Happening.REPLY_AT_DEADLINE);
        return;
      }
    }
    message("agent", staff.anyAgent(), true);
  }

  private void assign(String agent) {
    boolean isAgain = assignee != null && !assignee.equals(agent);
    event("assignee", assignee, agent, agent, null, tells(agent, isAgain));
    assignee = agent;
  }

  private static Happening[] tells(String agent, boolean isAgain) {
    List<Happening> tells = new ArrayList<>();
    if (agent.endsWith("ghost")) {
      tells.add(Happening.UNKNOWN_AGENT);
    }
    if (isAgain) {
      tells.add(Happening.REASSIGNMENT);
    }
    return tells.toArray(Happening[]::new);
  }

  private boolean isResolved() {
    return status.equals("solved") || status.equals("closed");
  }

  private void status(String next) {
    String actor =
        story.chance.of(0.15) ? staff.robot() : story.chance.of(0.1) ? requester() : assignee;
    boolean isReopen = isResolved() && !next.equals("closed") && !next.equals("solved");
    event(
        "status",
        status,
        next,
        actor,
        null,
        isReopen ? new Happening[] {Happening.REOPEN} : new Happening[0]);
    status = next;
  }

  private void priority() {
    event(
        "priority",
        (String) row.get("priority"),
        story.chance.pick("urgent", "normal", "low"),
        assignee,
        null,
        Happening.PRIORITY_CHANGE);
  }

  private void rowChange() {
    switch (story.chance.between(0, 4)) {
      case 0, 1 ->
          rowWith(
              at,
              Happening.TYPE_CHANGE,
              "type",
              story.chance.pick(story.id("returns"), story.id("new-type"), null));
      case 2 ->
          rowWith(at, Happening.CHANNEL_CHANGE, "channel", story.chance.pick("email", "facebook"));
      case 3 -> rowWith(at, Happening.REQUESTER_CHANGE, "requester_id", people.anyCustomer());
      default ->
          rowWith(
              at,
              Happening.CORRECTION,
              "team",
              story.chance.pick("first", "second"),
              "brand",
              null);
    }
  }

  /** A message of before turns out to be deleted, failed or another one's. */
  private void takeBack() {
    if (messages.isEmpty()) {
      return;
    }
    Map<String, Object> message = story.chance.pick(messages);
    story.desk(
        "message",
        changed(message, story.chance.pick("is_deleted", "is_failed"), true, "updated_at", at),
        Happening.MESSAGE_TAKEN_BACK,
        Happening.DELETION,
        Happening.CORRECTION);
    if (story.chance.of(0.3)) {
      story.desk(
          "message",
          changed(message, "author_id", staff.anyAgent(), "updated_at", at.plusSeconds(5)),
          Happening.CORRECTION);
    }
  }

  private void special() {
    switch (story.chance.between(0, 4)) {
      case 0 -> rowWith(at, Happening.SPAM, "is_spam", story.chance.of(0.7));
      case 1 -> event("spam", null, "true", assignee, null, Happening.SPAM);
      case 2 -> {
        event("status", status, "deleted", assignee, null, Happening.DELETION);
        if (story.chance.of(0.7)) {
          at = story.later(at);
          event("status", "deleted", status, assignee, null, Happening.RECOVERY);
        }
      }
      case 3 -> {
        rowWith(at, Happening.DELETION, "is_deleted", true);
        if (story.chance.of(0.6)) {
          rowWith(story.later(at), Happening.RECOVERY, "is_deleted", null);
        }
      }
      default -> event("sla_policy", null, staff.policy(), assignee, null);
    }
  }

  /** A bot answers first: alone to the end, or until it hands off. */
  private void chat() {
    message("customer", requester(), true);
    if (story.chance.of(0.3)) {
      return;
    }
    boolean isAlone = story.chance.of(0.5);
    at = at.plusSeconds(20);
    message("bot", staff.robot(), true, isAlone ? Happening.BOT_ALONE : Happening.HAND_OFF);
    at = at.plusSeconds(40);
    if (isAlone) {
      event("status", status, "solved", staff.robot(), "bot");
      status = "solved";
    } else {
      assign(staff.anyAgent());
    }
  }
}
