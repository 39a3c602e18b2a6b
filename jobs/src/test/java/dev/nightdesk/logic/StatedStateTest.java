package dev.nightdesk.logic;

import static dev.nightdesk.logic.TicketScript.at;
import static dev.nightdesk.logic.TicketScript.createdAt;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatedStateTest {

  private static TicketScript asked() {
    return createdAt("2021-06-01T08:00:00").customer("2021-06-01T08:00:00");
  }

  @Test
  void aTicketWithoutEventsIsWhatItsRowSaysFromThenOn() {
    TicketFacts facts = asked().stated("2021-06-02T09:00:00", "solved", "h:ann").read();

    assertThat(facts.status()).isEqualTo(Status.SOLVED);
    assertThat(facts.lastSolve().solvedAt()).isEqualTo(at("2021-06-02T09:00:00"));
    assertThat(facts.lastSolve().solvedByKey()).isEqualTo("h:ann");
    assertThat(facts.resolution().seconds()).isEqualTo(86_400 + 3_600);
  }

  @Test
  void eventsThatSayTheSameKeepTheirInstantAndTheirActor() {
    TicketFacts facts =
        asked()
            .assign("2021-06-01T08:30:00", "h:bob")
            .status("2021-06-01T09:00:00", "solved", "h:ann")
            .stated("2021-06-02T09:00:00", "solved", "h:bob")
            .read();

    assertThat(facts.resolutions()).hasSize(1);
    assertThat(facts.lastSolve().solvedAt()).isEqualTo(at("2021-06-01T09:00:00"));
    assertThat(facts.lastSolve().solvedByKey()).isEqualTo("h:ann");
  }

  @Test
  void aRowIsBelievedAgainstEarlierEventsAndNotAgainstLaterOnes() {
    TicketScript opened = asked().status("2021-06-03T09:00:00", "open", "h:ann");

    assertThat(opened.stated("2021-06-03T09:00:00", "solved", null).read().status())
        .isEqualTo(Status.SOLVED);
    assertThat(opened.stated("2021-06-03T08:59:59", "solved", null).read().status())
        .isEqualTo(Status.OPEN);
  }

  @Test
  void aStateThatLiesAheadIsNotKnownAndWaited() {
    TicketFacts facts =
        asked().stated("2021-06-02T09:00:00", "solved", "h:ann").asOf("2021-06-02T09:00:00");

    assertThat(facts.status()).isEqualTo(Status.NEW);
    assertThat(facts.deferredFromAt()).isEqualTo(at("2021-06-02T09:00:00"));
  }

  @Test
  void itIsNobodysDoingThatCountsAsActivityOrAnswer() {
    TicketFacts facts = asked().stated("2021-06-02T09:00:00", "pending", "h:ann").read();

    assertThat(facts.firstReply()).isNull();
    assertThat(facts.statuses().get(1).startedByClass()).isEqualTo(AuthorClass.UNKNOWN);
  }
}
