package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tickets of {@code fixtures/sources/zendesk-tables}: flat tables of a warehouse. */
class ZendeskTablesTest extends SparkTestBase {

  private static SourceFixture fixture;
  private static SourceHistory history;

  @BeforeAll
  static void readDumps() {
    fixture = SourceFixture.of(spark(), "zendesk-tables");
    history = SourceHistory.of(fixture, "2026-05-05");
  }

  @Test
  void aValueOfAnotherFieldIsRefusedInWords() {
    assertThat(fixture.reasons())
        .containsExactly("`value` is no priority: none of low, normal, high, urgent: solved");
  }

  @Test
  void valuesOfFieldsAreChangesAndARowThatComesTwiceIsOne() {
    assertThat(history.statuses("desk:201"))
        .containsExactly("new 08:00", "open 08:10", "hold 10:00", "solved 12:00");
    assertThat(history.solving("desk:201")).isEqualTo("solved 1 0 14400 desk:900");
    assertThat(
            history.told(
                "desk:201",
                "channel_code",
                "priority_code",
                "assignee_key",
                "first_response_seconds",
                "touch_count"))
        .isEqualTo("web high desk:900 3600 1");
  }

  @Test
  void theSystemIsABotAndOfNobodyNothingIsKnown() {
    assertThat(
            fixture
                .rows("ticket_event", "event_type_code", "new_value", "actor_class_code")
                .stream()
                .distinct())
        .containsExactly(
            "assignee desk:900 bot",
            "status hold -",
            "status new -",
            "status open bot",
            "status solved -",
            "type incident -",
            "type problem -");
  }

  @Test
  void aTicketWithoutHistoryHasTheStateOfItsRow() {
    assertThat(history.told("desk:202", "status_code", "channel_code", "solve_count"))
        .isEqualTo("closed email 1");
  }

  @Test
  void aCommentWithoutTicketMakesNone() {
    assertThat(history.tickets()).hasSize(2);
  }
}
