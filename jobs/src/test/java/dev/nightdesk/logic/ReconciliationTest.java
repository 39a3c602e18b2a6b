package dev.nightdesk.logic;

import static dev.nightdesk.logic.TicketScript.createdAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

  private static List<String> reasons(TicketScript script) {
    return script.reconciled().stream().map(Reconciliation::reasonCode).toList();
  }

  /** Solved after 100 minutes 30 s, answered after 200 minutes, opened again and open. */
  private static TicketScript reopened() {
    return createdAt("2021-06-01T08:00:00")
        .customer("2021-06-01T08:00:00")
        .status("2021-06-01T09:40:30", "solved", "h:ann")
        .status("2021-06-01T11:00:00", "open", "h:customer")
        .agent("2021-06-01T11:20:00", "h:ann");
  }

  @Test
  void aReopenedTicketHasNoResolutionOnEitherSideAndTheVendorRoundsToMinutes() {
    List<Reconciliation> found =
        reopened()
            .vendor("first_response", "calendar", 200L)
            .vendor("first_resolution", "calendar", 101L)
            .vendor("resolution", "calendar", null)
            .vendorCount("reopen_count", 1)
            .vendorCount("reply_count", 1)
            .reconciled();

    assertThat(found)
        .extracting(Reconciliation::ours)
        .containsExactly(12_000L, 6_030L, null, 1L, 1L);
    assertThat(found)
        .extracting(Reconciliation::difference)
        .containsExactly(0L, -30L, null, 0L, 0L);
    assertThat(found)
        .extracting(Reconciliation::reasonCode)
        .containsExactly("equal", "rounding", "equal", "equal", "equal");
  }

  @Test
  void aVendorThatKeepsTheFormerSolveIsExplainedByTheReopen() {
    assertThat(reasons(reopened().vendor("resolution", "calendar", 100L)))
        .containsExactly("reopened");
    assertThat(reasons(reopened().vendor("first_resolution", "calendar", 70L)))
        .containsExactly("unexplained");
  }

  @Test
  void aBotAndANoteExplainTheVendorsFirstResponse() {
    TicketScript asked = createdAt("2021-06-01T08:00:00").customer("2021-06-01T08:00:00");

    assertThat(
            reasons(
                asked
                    .bot("2021-06-01T08:01:00")
                    .note("2021-06-01T08:05:00", "h:ann")
                    .agent("2021-06-01T08:30:00", "h:ann")
                    .vendor("first_response", "calendar", 1L)
                    .vendor("first_response", "business", 5L)
                    .vendor("first_response", "calendar", 20L)
                    .vendorCount("reply_count", 2)))
        .containsExactly("bot_reply", "note", "unexplained", "bot_reply");
  }

  @Test
  void theVendorMeasuresTheSecondMessageOfATicketThatAnAgentOpened() {
    assertThat(
            reasons(
                createdAt("2021-06-01T08:00:00")
                    .outbound()
                    .agent("2021-06-01T08:00:00", "h:ann")
                    .agent("2021-06-01T09:00:00", "h:ann")
                    .vendor("first_response", "calendar", 60L)))
        .containsExactly("opened_by_agent");
  }

  @Test
  void waitsAreTheTimesInStatusesThatHaveEnded() {
    List<Reconciliation> found =
        createdAt("2021-06-01T08:00:00")
            .status("2021-06-01T08:10:00", "pending", "h:ann")
            .status("2021-06-01T09:10:00", "hold", "h:ann")
            .status("2021-06-01T09:40:00", "open", "h:ann")
            .vendor("requester_wait", "calendar", 40L)
            .vendor("agent_wait", "calendar", 60L)
            .vendor("on_hold", "calendar", 30L)
            .reconciled();

    assertThat(found).extracting(Reconciliation::reasonCode).containsOnly("equal");
  }

  @Test
  void aTicketWhoseHistoryNoRecordTellsIsSaidToHaveNone() {
    assertThat(
            reasons(
                createdAt("2021-06-01T08:00:00")
                    .vendor("first_response", "calendar", 5L)
                    .vendor("resolution", "calendar", 9L)))
        .containsExactly("no_history", "no_history");
  }

  @Test
  void aFigureOfAnUnknownKindEndsTheNightByTheTicketsName() {
    TicketScript script = createdAt("2021-06-01T08:00:00").vendor("happiness", "calendar", 5L);

    assertThatThrownBy(script::reconciled)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("h:1")
        .hasMessageContaining("happiness");
  }

  @Test
  void onlyOpenHoursDifferIfTheCalendarAgrees() {
    assertThat(
            reasons(
                reopened()
                    .vendor("first_response", "calendar", 200L)
                    .vendor("first_response", "business", 50L)))
        .containsExactly("equal", "schedule");
  }
}
