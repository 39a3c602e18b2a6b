package dev.nightdesk.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.StagedFixture;
import java.sql.Date;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From the night as of 2021-01-10 in UTC to that of 2021-01-12; every reason has tickets of its
 * own.
 */
class TouchedTicketsTest extends SparkTestBase {

  private static final RememberedNight NIGHT = new RememberedNight();
  private static final Set<String> TOUCHED = new TreeSet<>();

  @BeforeAll
  static void find() {
    ownRecords();
    movedRecords();
    merges();
    passingOfTime();
    roles();

    Passage passage =
        new Passage(Instant.parse("2021-01-10T00:00:00Z"), Instant.parse("2021-01-12T00:00:00Z"));
    ChangedRules rules = ChangedRules.of(NIGHT);
    new TouchedTickets(NIGHT, passage)
        .find(TicketRecordTables.find(NIGHT, passage).all(), rules.agents())
        .collectAsList()
        .forEach(row -> TOUCHED.add(row.getString(0)));
  }

  private static void ownRecords() {
    NIGHT
        .came("stg_ticket", "ticket_key", "own ticket row")
        .came("stg_ticket_event", "ticket_key", "own event", "event_type_code", "status")
        .came("stg_message", "ticket_key", "own message")
        .went("stg_message", "ticket_key", "own message that is gone")
        .stayed("stg_ticket", "ticket_key", "own nothing")
        .stayed("stg_message", "ticket_key", "own nothing");
  }

  private static void movedRecords() {
    NIGHT
        .stayed("stg_survey", "survey_key", "s", "ticket_key", "survey from")
        .came("stg_survey", "survey_key", "s", "ticket_key", "survey to")
        .stayed("stg_survey", "survey_key", "other", "ticket_key", "survey of another")
        .stayed("stg_call", "call_key", "c", "ticket_key", "call from")
        .came("stg_call", "call_key", "c")
        .stayed("stg_macro_use", "macro_use_key", "m", "ticket_key", "use stays")
        .went("stg_macro_use", "macro_use_key", "m", "ticket_key", "use is gone");
  }

  private static void merges() {
    NIGHT
        .came("stg_message", "ticket_key", "merge 1")
        .stayed("stg_ticket", "ticket_key", "merge 1", "merged_into_key", "merge 2")
        .stayed(
            "stg_ticket_event",
            "ticket_key",
            "merge 2",
            "event_type_code",
            "merge",
            "new_value",
            "merge 3")
        .stayed("stg_ticket", "ticket_key", "merge 4", "merged_into_key", "merge 3")
        .stayed("stg_ticket", "ticket_key", "merge a", "merged_into_key", "merge b")
        .went("stg_ticket", "ticket_key", "merge back 1", "merged_into_key", "merge back 2");
  }

  private static void passingOfTime() {
    NIGHT
        .stayed(
            "stg_survey",
            "survey_key",
            "t",
            "ticket_key",
            "time of survey",
            "answered_at",
            "2021-01-10T00:00:00",
            "dt",
            Date.valueOf("2021-01-09"))
        .stayed(
            "stg_ticket_event",
            "ticket_key",
            "time of merge",
            "event_type_code",
            "merge",
            "new_value",
            "time of survivor",
            "occurred_at",
            "2021-01-11T00:00:00",
            "dt",
            Date.valueOf("2021-01-09"));
    NIGHT.published(
        "fact_ticket",
        rows(
            StagedFixture.schema("fact_ticket"),
            StagedFixture.row("fact_ticket", "ticket_key", "time none"),
            ticket("time before", "2021-01-09T23:59:59"),
            ticket("time first", "2021-01-10T00:00:00"),
            ticket("time last", "2021-01-11T23:59:59"),
            ticket("time after", "2021-01-12T00:00:00")));
  }

  private static Row ticket(String key, String deferredFromAt) {
    return StagedFixture.row("fact_ticket", "ticket_key", key, "deferred_from_at", deferredFromAt);
  }

  private static void roles() {
    NIGHT
        .came("stg_agent", "agent_key", "h:new")
        .stayed("stg_agent", "agent_key", "h:again", "version_at", "2021-01-01T00:00:00")
        .came(
            "stg_agent",
            "agent_key",
            "h:again",
            "version_at",
            "2021-01-02T00:00:00",
            "agent_name",
            "Renamed")
        .stayed("stg_message", "ticket_key", "role of author", "author_key", "h:new")
        .stayed("stg_message", "ticket_key", "role unchanged", "author_key", "h:again")
        .stayed("stg_ticket", "ticket_key", "role of opener", "opener_key", "h:new")
        .stayed(
            "stg_ticket_event",
            "ticket_key",
            "role of actor",
            "event_type_code",
            "status",
            "actor_key",
            "h:new")
        .stayed(
            "stg_ticket_event",
            "ticket_key",
            "role of assignee",
            "event_type_code",
            "assignee",
            "new_value",
            "h:new");
  }

  private static void assertTouched(String reason, String... tickets) {
    assertThat(TOUCHED.stream().filter(key -> key.startsWith(reason)).toList())
        .containsExactlyInAnyOrderElementsOf(List.of(tickets));
  }

  @Test
  void aTicketIsTouchedByItsOwnRecordsThatCameOrWent() {
    assertTouched("own", "own ticket row", "own event", "own message", "own message that is gone");
  }

  @Test
  void aRecordThatMovesTouchesTheTicketsOfAllItsVersions() {
    assertTouched("survey", "survey from", "survey to");
    assertTouched("call", "call from");
    assertTouched("use", "use stays", "use is gone");
  }

  @Test
  void aTicketIsTouchedWithAllThatAreMergedWithItAlongAnyChain() {
    assertTouched(
        "merge", "merge 1", "merge 2", "merge 3", "merge 4", "merge back 1", "merge back 2");
  }

  @Test
  void aTicketIsTouchedByTimeAloneOnceAnEntryThatLayAheadIsKnown() {
    assertTouched(
        "time", "time first", "time last", "time of survey", "time of merge", "time of survivor");
  }

  @Test
  void anAgentsNewRoleTouchesTheTicketsThatNameTheAgentAndAnotherNameDoesNot() {
    assertTouched("role", "role of author", "role of opener", "role of actor", "role of assignee");
  }
}
