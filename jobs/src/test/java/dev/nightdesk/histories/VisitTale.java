package dev.nightdesk.histories;

import static dev.nightdesk.histories.Story.changed;
import static dev.nightdesk.histories.Story.fields;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What happens around tickets: calls, surveys, macros, mentions and visits. */
final class VisitTale {

  private final Story story;
  private final Staff staff;
  private final People people;
  private final List<TicketTale> tickets;
  private final OrderTale orders;

  VisitTale(Story story, Staff staff, People people, List<TicketTale> tickets) {
    this.story = story;
    this.staff = staff;
    this.people = people;
    this.tickets = tickets;
    this.orders = new OrderTale(story, people);
  }

  void tell() {
    macros();
    int number = 0;
    for (TicketTale ticket : tickets) {
      number++;
      if (ticket.channel().equals("phone") || story.chance.of(0.1)) {
        call(story.id("call" + number), ticket);
      }
      if (story.chance.of(0.5)) {
        survey(story.id("survey" + number), ticket);
      }
      if (story.chance.of(0.3)) {
        session(story.id("visit" + number), ticket);
      }
      for (int i = 0; i < 2 && story.chance.of(0.45); i++) {
        orders.tell(story.id("order" + number + "-" + i), ticket);
      }
      if (story.chance.of(0.15)) {
        mention(story.id("mention" + number), ticket);
      }
      if (story.chance.of(0.3)) {
        macroUse(story.id("use" + number), ticket);
      }
    }
    if (story.chance.of(0.3)) {
      call(story.id("call0"), null);
    }
    if (story.chance.of(0.3)) {
      survey(story.id("survey0"), null);
    }
  }

  private TicketTale other() {
    return story.chance.pick(tickets);
  }

  private void call(String id, TicketTale ticket) {
    Instant start =
        ticket == null
            ? story.anyTime()
            : ticket.createdAt().plusSeconds(story.chance.between(-60, 60));
    boolean isAbandoned = story.chance.of(0.3);
    Instant end = start.plusSeconds(story.chance.between(61, 900));
    Map<String, Object> call =
        fields(
            "call_id",
            id,
            "ticket_id",
            ticket == null ? null : ticket.id(),
            "customer_id",
            people.anyCustomer(),
            "direction",
            story.chance.of(0.85) ? "inbound" : "outbound",
            "started_at",
            start,
            "queued_at",
            story.chance.of(0.8) ? start.plusSeconds(2) : null,
            "answered_at",
            isAbandoned ? null : start.plusSeconds(30),
            "abandoned_at",
            isAbandoned ? start.plusSeconds(story.chance.pick(4, 40)) : null,
            "ended_at",
            end,
            "legs",
            isAbandoned
                ? null
                : List.of(
                    leg("1", staff.anyAgent(), story.chance.between(20, 300)),
                    leg("2", staff.anyAgent(), story.chance.between(0, 90))),
            "updated_at",
            end);
    if (isAbandoned) {
      story.desk("call", call, Happening.ABANDONED_CALL);
    } else {
      story.desk("call", call);
    }
    if (story.chance.of(0.35)) {
      TicketTale to = other();
      Instant when = story.later(end);
      story.desk(
          "call",
          changed(call, "ticket_id", story.chance.of(0.8) ? to.id() : null, "updated_at", when),
          Happening.CALL_MOVED,
          Happening.CORRECTION);
    }
  }

  private static Map<String, Object> leg(String id, String agent, int talkSeconds) {
    return fields(
        "leg_id", id,
        "agent_id", agent,
        "talk_seconds", String.valueOf(talkSeconds),
        "hold_seconds", String.valueOf(talkSeconds / 7),
        "wrap_up_seconds", String.valueOf(talkSeconds % 11));
  }

  private void survey(String id, TicketTale ticket) {
    Instant sent = ticket == null ? story.anyTime() : story.later(ticket.endedAt());
    String kind = story.chance.pick("csat", "csat", "ces", "nps", "review");
    Map<String, Object> asked =
        fields(
            "survey_id",
            id,
            "ticket_id",
            ticket == null ? null : ticket.id(),
            "customer_id",
            ticket == null ? null : ticket.requester(),
            "kind",
            kind,
            "scale_min",
            kind.equals("nps") ? 0 : 1,
            "scale_max",
            kind.equals("nps") ? 10 : kind.equals("ces") ? 7 : 5,
            "direction",
            kind.equals("ces") ? story.chance.pick("higher_is_better", "lower_is_better") : null,
            "score",
            "offered",
            "sent_at",
            sent,
            "updated_at",
            sent);
    story.desk("survey", asked);
    if (story.chance.of(0.7)) {
      Instant when = story.later(sent);
      Map<String, Object> answered =
          changed(
              asked,
              "score",
              String.valueOf(story.chance.between(1, 5)),
              "agent_id",
              story.chance.of(0.3) ? staff.anyAgent() : null,
              "answered_at",
              when,
              "updated_at",
              when);
      story.desk("survey", answered, Happening.SURVEY_ANSWERED_LATE, Happening.CORRECTION);
      if (story.chance.of(0.3)) {
        story.desk(
            "survey",
            changed(
                answered,
                "ticket_id",
                story.chance.of(0.85) ? other().id() : null,
                "updated_at",
                story.later(when)),
            Happening.SURVEY_MOVED,
            Happening.CORRECTION);
      }
    }
  }

  private void session(String id, TicketTale ticket) {
    Instant start = ticket.createdAt().minus(Duration.ofHours(story.chance.pick(1, 23, 24, 25)));
    Map<String, Object> session =
        fields(
            "session_id",
            id,
            "customer_id",
            story.chance.of(0.8) ? ticket.requester() : null,
            "started_at",
            start,
            "ended_at",
            start.plusSeconds(300),
            "article_view_count",
            story.chance.between(0, 4));
    story.desk("self_service_session", session, Happening.SESSION_BEFORE_TICKET);
    if (story.chance.of(0.3)) {
      story.desk(
          "self_service_session",
          changed(session, "customer_id", people.anyCustomer(), "updated_at", story.later(start)),
          Happening.SESSION_CHANGED_HANDS,
          Happening.CORRECTION);
    }
  }

  private void mention(String id, TicketTale ticket) {
    Instant when = ticket.createdAt().minusSeconds(600);
    Map<String, Object> mention =
        fields(
            "mention_id",
            id,
            "platform",
            story.chance.pick("facebook", "instagram", "twitter"),
            "mentioned_at",
            when,
            "is_repost",
            story.chance.of(0.2));
    story.desk("social_mention", mention);
    if (story.chance.of(0.6)) {
      story.desk(
          "social_mention",
          changed(mention, "ticket_id", ticket.id(), "updated_at", story.later(when)),
          Happening.MENTION_GOT_TICKET,
          Happening.CORRECTION);
    }
  }

  private void macros() {
    Instant before = Story.FIRST_DAY.minusDays(9).atStartOfDay(Story.ZONE).toInstant();
    Map<String, Object> macro =
        fields(
            "macro_id",
            story.id("macro"),
            "name",
            story.id("Thanks"),
            "created_at",
            before,
            "updated_at",
            before);
    story.desk("macro", macro);
    if (story.chance.of(0.4)) {
      story.desk(
          "macro",
          changed(
              macro,
              "name",
              story.id("Thank you"),
              "is_active",
              false,
              "updated_at",
              story.anyTime()),
          Happening.MACRO_RENAMED,
          Happening.CORRECTION);
    }
  }

  private void macroUse(String id, TicketTale ticket) {
    Instant when = story.later(ticket.createdAt());
    Map<String, Object> use =
        fields(
            "macro_use_id",
            id,
            "macro_id",
            story.chance.of(0.8) ? story.id("macro") : story.id("old-macro"),
            "ticket_id",
            ticket.id(),
            "message_id",
            story.chance.of(0.7) ? story.chance.pick(ticket.messageIds()) : null,
            "agent_id",
            staff.anyAgent(),
            "used_at",
            when);
    story.desk("macro_use", use);
    if (story.chance.of(0.3)) {
      story.desk(
          "macro_use",
          changed(
              use, "ticket_id", other().id(), "message_id", null, "updated_at", story.later(when)),
          Happening.MACRO_USE_MOVED,
          Happening.CORRECTION);
    }
  }
}
