package dev.nightdesk.histories;

import static dev.nightdesk.histories.Story.changed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Histories from a seed: each of a few tickets, and of people and hours of its own. */
public final class Histories {

  private Histories() {}

  /**
   * All versions of all records of one history.
   *
   * @param number tells histories of one seed apart, and is part of all their ids
   */
  public static List<Version> one(long seed, int number) {
    Story story = new Story("h%03d".formatted(number), new Chance(seed, number));
    Staff staff = new Staff(story);
    staff.tell();
    People people = new People(story);
    people.tell();
    List<TicketTale> tickets = new ArrayList<>();
    int count = story.chance.between(4, 6);
    for (int i = 1; i <= count; i++) {
      Instant createdAt =
          i > 1 && story.chance.of(0.3)
              // The next ticket of somebody who comes back.
              ? story.later(tickets.get(i - 2).createdAt().plus(Duration.ofHours(2)))
              : story.anyTime();
      TicketTale ticket = new TicketTale(story, staff, people, story.id("t" + i), createdAt);
      ticket.tell();
      tickets.add(ticket);
    }
    links(story, tickets);
    new VisitTale(story, staff, people, tickets).tell();
    return story.versions();
  }

  /** Follow-ups and merges: single ones, chains, circles, and those that are taken back. */
  private static void links(Story story, List<TicketTale> tickets) {
    TicketTale a = tickets.get(0);
    TicketTale b = tickets.get(1);
    TicketTale c = tickets.get(2);
    TicketTale d = tickets.get(3);
    if (story.chance.of(0.3)) {
      d.rowWith(
          story.later(d.createdAt()),
          Happening.FOLLOW_UP,
          "follow_up_of_id",
          story.chance.pick(a, b, c).id());
    }
    if (story.chance.of(0.45)) {
      merge(story, a, b, Happening.MERGE);
      if (story.chance.of(0.4)) {
        merge(story, b, c, Happening.MERGE_CHAIN);
      }
      if (story.chance.of(0.25)) {
        merge(story, story.chance.pick(b, c), a, Happening.MERGE_CIRCLE);
      }
      if (story.chance.of(0.35)) {
        a.rowWith(story.later(a.endedAt()), Happening.UNMERGE, "merged_into_id", null);
        a.event(story.later(a.endedAt()), "merge", b.id(), null, Happening.UNMERGE);
      }
    }
  }

  private static void merge(Story story, TicketTale from, TicketTale into, Happening tells) {
    Instant at = story.later(from.endedAt());
    if (story.chance.of(0.5)) {
      from.rowWith(at, tells, "merged_into_id", into.id());
    } else {
      from.event(at, "merge", null, into.id(), tells);
    }
  }

  /** The same version with another text in it: what a file says after it was rewritten. */
  static Version rewritten(Version version) {
    return version.entity().equals("message")
        ? new Version(
            version.history(),
            version.source(),
            version.entity(),
            changed(version.fields(), "body", "a text of another length"),
            version.coming(),
            version.tells())
        : version;
  }
}
