package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tickets of {@code fixtures/sources/flat}; instants are UTC, an hour behind Berlin. */
class FlatSourceTest extends SparkTestBase {

  private static SourceFixture fixture;
  private static SourceHistory first;
  private static SourceHistory history;

  @BeforeAll
  static void readDumps() {
    fixture = SourceFixture.of(spark(), "flat");
    first = SourceHistory.of(fixture, "2026-03-02");
    history = SourceHistory.of(fixture, "2026-03-05");
  }

  @Test
  void everyRefusedRowSaysWhyAndNamesTheWord() {
    assertThat(fixture.reasons())
        .containsExactlyInAnyOrder(
            "`status` is none of the configured statuses: Parked",
            "`status` says that the ticket is resolved, but `resolved_at`, `closed_at` and"
                + " `resolution_time` are empty",
            "`first_responded_at`, `resolved_at`, `closed_at` or `reopened_at` lies before"
                + " `created_at`",
            "`score` is neither one of the configured words nor a number of the configured scale:"
                + " 7",
            "`requester_id` is an e-mail, and keys hold no contact data; name the column as"
                + " `requester_email`",
            "`first_response_time` or `resolution_time` ends after the dump; look at"
                + " `options.duration-unit`");
    assertThat(fixture.dumps().unknownFields()).isEmpty();
  }

  @Test
  void aRowIsATicketWithItsStateItsReplyItsSolveAndItsRating() {
    // Created at 09:00 local time, answered at 09:30, resolved at 12:00.
    assertThat(
            first.told(
                "export:101",
                "type_code",
                "channel_code",
                "priority_code",
                "first_response_seconds",
                "first_replied_by_key",
                "assignee_key"))
        .isEqualTo("question email high 1800 export:Ann export:Ann");
    assertThat(first.solving("export:101")).isEqualTo("solved 1 0 10800 export:Ann");
    assertThat(
            fixture.rows(
                "survey", "survey_key", "score", "scale_max", "answered_at", "CAST(dt AS STRING)"))
        .containsExactly(
            "export:101 4.5 5.0 2026-03-02 08:30:00.0 2026-03-05",
            "export:101 4.5 5.0 2026-03-02 11:00:00.0 2026-03-02",
            "export:102 5.0 5.0 2026-03-03 08:00:00.0 2026-03-05",
            "export:103 3.0 5.0 2026-03-03 09:00:00.0 2026-03-05",
            "export:106 5.0 5.0 2026-03-02 09:00:00.0 2026-03-02");
    assertThat(first.told("export:102", "status_code", "assignee_key", "first_response_seconds"))
        .isEqualTo("new unassigned null");
    assertThat(first.told("export:103", "status_code", "first_response_seconds"))
        .isEqualTo("open 900");
  }

  @Test
  void aSolveThatALaterExportNoLongerHasIsTakenBack() {
    assertThat(history.solving("export:101")).isEqualTo("open 0 0 null null");
  }

  @Test
  void columnsThatALaterExportFillsAreTold() {
    assertThat(history.solving("export:102")).isEqualTo("closed 1 0 82800 export:Ben");
    assertThat(history.told("export:102", "first_response_seconds", "first_replied_by_key"))
        .isEqualTo("79200 export:Ben");
  }

  @Test
  void anUnresolvedTicketWithASolveWasReopenedWhenItIsNotKnownSoAtOnce() {
    assertThat(history.solving("export:103")).isEqualTo("hold 1 1 null null");
    assertThat(history.told("export:103", "first_solved_by_key", "first_resolution_seconds"))
        .isEqualTo("export:Ann 86400");
  }

  @Test
  void whatHappensInOneMinuteHappensInItsNaturalOrder() {
    assertThat(history.solving("export:106")).isEqualTo("closed 1 0 0 export:Ann");
    assertThat(history.told("export:106", "first_response_seconds", "touch_count"))
        .isEqualTo("0 1");
  }

  @Test
  void aSolvedTicketHasTheRepliesThatItsRowCountsAndWithoutACountNobodyKnows() {
    assertThat(first.told("export:101", "touch_count", "outgoing_message_count")).isEqualTo("2 1");
    assertThat(history.told("export:101", "touch_count")).isEqualTo("null");
    assertThat(history.told("sheet:1", "is_resolved", "touch_count")).isEqualTo("true null");
  }

  @Test
  void spamAndMergedTicketsAreNotCounted() {
    assertThat(history.told("export:109", "is_spam", "is_counted")).isEqualTo("true false");
    assertThat(history.told("export:110", "is_deleted", "is_counted")).isEqualTo("true false");
    assertThat(history.told("export:101", "is_spam", "is_deleted", "is_counted"))
        .isEqualTo("false false true");
  }

  @Test
  void lengthsOfTimeEndWhereInstantsWouldBeAndTheRowChangedLastCounts() {
    // Opened at 09:00 UTC; 0.25 and 0.375 days are 6 and 9 hours.
    assertThat(history.told("sheet:1", "first_response_seconds")).isEqualTo("21600");
    assertThat(history.solving("sheet:1")).isEqualTo("solved 1 0 32400 sheet:Cid");
  }

  @Test
  void anAgentIsStagedOncePerFileAndACustomerWithoutIdByItsTicket() {
    assertThat(fixture.rows("agent", "agent_key", "version_at", "CAST(dt AS STRING)"))
        .containsExactly(
            "export:Ann 2000-01-01 00:00:00.0 2026-03-02",
            "export:Ann 2000-01-01 00:00:00.0 2026-03-05",
            "export:Ben 2000-01-01 00:00:00.0 2026-03-02",
            "export:Ben 2000-01-01 00:00:00.0 2026-03-05",
            "sheet:Cid 2000-01-01 00:00:00.0 2026-03-02",
            "sheet:Cid 2000-01-01 00:00:00.0 2026-03-03");
    assertThat(
            fixture
                .staged("customer")
                .selectExpr("customer_key", "email")
                .distinct()
                .collectAsList()
                .stream()
                .map(Row::toString))
        .containsExactlyInAnyOrder(
            "[export:ticket-101,eve@example.org]",
            "[export:ticket-102,max@example.org]",
            "[export:ticket-103,eve@example.org]",
            "[export:ticket-109,win@example.org]",
            "[sheet:c1,null]");
  }
}
