package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tickets of {@code fixtures/sources/freshdesk}. */
class FreshdeskSourceTest extends SparkTestBase {

  private static SourceFixture fixture;
  private static SourceHistory before;
  private static SourceHistory after;

  @BeforeAll
  static void readDumps() {
    fixture = SourceFixture.of(spark(), "freshdesk");
    before = SourceHistory.of(fixture, "2026-03-02");
    after = SourceHistory.of(fixture, "2026-03-03");
  }

  @Test
  void aRecordThatNobodyCanUnderstandIsRefusedWithItsValue() {
    assertThat(fixture.reasons())
        .containsExactlyInAnyOrder(
            "`status` is neither 2 to 5 nor one of the configured statuses: 12",
            "`status` says that the ticket is resolved, but `stats` does not say when; list tickets"
                + " with include=stats",
            "`priority` is none of 1 to 4: 5",
            "`ratings` has a `default_question` that is none of -103, -102, -101, 100, 101, 102,"
                + " 103");
  }

  @Test
  void aTicketIsToldWithItsCodesInWords() {
    assertThat(
            before.told(
                "desk:1",
                "type_code",
                "channel_code",
                "priority_code",
                "team_code",
                "customer_key",
                "direction_code"))
        .isEqualTo("question email high 43000005 desk:9001 inbound");
    assertThat(before.told("desk:2", "channel_code", "priority_code")).isEqualTo("chat urgent");
    assertThat(before.told("desk:7", "channel_code", "direction_code")).isEqualTo("email outbound");
    assertThat(before.told("desk:10", "channel_code", "is_spam", "is_counted"))
        .isEqualTo("source-107 true false");
  }

  @Test
  void theFirstResponseIsAPublicReplyToTheOtherSide() {
    // The note of 08:10 is none, nor what was forwarded at 08:30.
    assertThat(before.told("desk:1", "first_response_seconds", "first_replied_by_key"))
        .isEqualTo("1200 desk:8001");
    assertThat(before.told("desk:3", "first_response_seconds")).isEqualTo("3600");
    // 8099 is in no list of agents.
    assertThat(before.told("desk:2", "first_response_seconds", "first_replied_by_key"))
        .isEqualTo("1500 desk:8099");
    assertThat(before.told("desk:7", "incoming_message_count", "outgoing_message_count"))
        .isEqualTo("1 1");
    assertThat(before.told("desk:8", "incoming_message_count", "first_response_seconds"))
        .isEqualTo("0 null");
  }

  @Test
  void solvesAndReopensAreThoseOfTheNewestStats() {
    assertThat(before.solving("desk:1")).isEqualTo("solved 1 0 3600 desk:8001");
    assertThat(after.solving("desk:1")).isEqualTo("open 0 0 null null");
    assertThat(after.solving("desk:3")).isEqualTo("closed 1 0 7200 desk:8001");
    assertThat(after.solving("desk:4")).isEqualTo("pending 1 1 null null");
    assertThat(after.solving("desk:8")).isEqualTo("closed 1 0 300 desk:8002");
  }

  @Test
  void aTicketIsOpenUntilItsStatusChanged() {
    assertThat(before.statuses("desk:2"))
        .containsExactly("new 08:00", "open 08:00", "pending 08:30");
    assertThat(before.statuses("desk:4"))
        .containsExactly("new 08:00", "open 08:00", "solved 09:00", "open 11:00", "pending 12:00");
    assertThat(before.statuses("desk:5")).containsExactly("new 08:00", "open 08:00", "hold 08:45");
  }

  @Test
  void facesLieOnAScaleOfSeven() {
    assertThat(fixture.rows("survey", "survey_id", "score", "scale_min", "scale_max", "agent_key"))
        .containsExactly(
            "1 7.0 1.0 7.0 desk:8001", "2 2.0 1.0 7.0 desk:8001", "4 4.0 1.0 7.0 desk:8002");
  }

  @Test
  void agentsAndCustomersAreThoseOfTheListsAndWhoeverAnswered() {
    assertThat(fixture.rows("agent", "agent_key", "agent_name"))
        .contains("desk:8001 Ann", "desk:8002 Ben", "desk:8099 -");
    assertThat(fixture.rows("customer", "customer_key", "email", "phone"))
        .containsExactly("desk:9001 eve@example.org -", "desk:9002 - 030 5550219");
  }
}
