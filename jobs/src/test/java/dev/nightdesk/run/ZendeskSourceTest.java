package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.history.Parts;
import dev.nightdesk.logic.LatestPerKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ZendeskSourceTest extends SparkTestBase {

  private static SourceFixture desk;

  @BeforeAll
  static void readDumps() {
    desk = SourceFixture.of(spark(), "zendesk");
  }

  @Test
  void aTicketIsAsNewAsItsLaterStamp() {
    assertThat(staged("ticket", "ticket_id = '101'", "ticket_id", at("version_at")))
        .containsExactly(
            "101 05-04T09:20:00", "101 05-04T09:20:00", "101 05-05T09:20:07", "101 05-06T08:00:00");
  }

  /** 101: reply after 30 min, solved after 80, pending from 30 to 60, hold ended when it began. */
  @Test
  void zendesksOwnFiguresStandBesideOursWithTheReasonOfTheDifference() {
    SourceHistory history = SourceHistory.of(desk, "2026-05-04");
    assertThat(history.reconciled("desk:101", "calendar"))
        .containsExactly(
            "agent_wait 1800 1800 equal",
            "first_resolution 4800 4800 equal",
            "first_response 1800 1800 equal",
            "on_hold 0 0 equal",
            "requester_wait 3000 3000 equal",
            "resolution 4800 5700 unexplained");
    assertThat(history.reconciled("desk:101", "none"))
        .containsExactly("reopen_count 0 0 equal", "reply_count 1 1 equal");
    assertThat(
            history.each(
                "desk:101",
                "sla",
                "metric_code",
                "policy_key",
                "target_seconds",
                "is_breached_when_decided"))
        .contains("first_response desk:11 1200 true");
    assertThat(history.reconciled("desk:103", "calendar"))
        .contains("first_response null 720 merged", "resolution 1800 740700 merged");
  }

  @Test
  void anEventOfAPromiseNamesItsMetricAndItsTargetAndOthersAreLeftOut() {
    assertThat(
            staged(
                "sla_event",
                "true",
                "ticket_key",
                "event_type_code",
                "metric_code",
                "instance_number",
                "target_seconds",
                "is_business",
                "is_deleted"))
        .containsExactly(
            "desk:101 activate first_response 1 - - false",
            "desk:101 activate next_response 1 - - false",
            "desk:101 apply first_response 1 1200 false false",
            "desk:101 breach first_response 1 - - false",
            "desk:101 fulfill first_response 1 - - false",
            "desk:104 apply first_response 1 3600 true false",
            "desk:104 breach first_response 1 - - true");
  }

  /** Before their dump comes the call is one leg; a customer's and one without talking are none. */
  @Test
  void legsThatComeApartFromTheirCallTakeItsPlace() {
    assertThat(
            SourceHistory.of(desk, "2026-05-04")
                .each("desk:102", "calls", "call_key", "answered_at", "legs"))
        .singleElement()
        .asString()
        .contains("[call,desk:900,120,30,0]");
    assertThat(
            SourceHistory.of(desk, "2026-05-05")
                .each("desk:102", "calls", "call_key", "answered_at", "legs"))
        .singleElement()
        .asString()
        .contains("[6012,desk:900,70,30,12]")
        .contains("[6013,desk:901,50,0,0]")
        .doesNotContain("6011")
        .doesNotContain("6014");
  }

  @Test
  void holidaysThatComeApartFromTheirScheduleStandBesideItsOwn() {
    assertThat(
            SourceFixture.texts(
                Parts.staged("stg_schedule", log -> desk.staged(log.substring("stg_".length())))
                    .filter("schedule_id = '22'"),
                "CAST(holidays AS STRING)"))
        .containsExactly("[{2026-12-25, 2026-12-26}]");
  }

  @Test
  void channelsHaveOurNamesAndOnlyCallsTellTheirDirection() {
    assertThat(distinct("ticket", "ticket_id", "channel_code", "direction_code"))
        .containsExactly(
            "101 web -",
            "102 phone inbound",
            "103 email -",
            "104 chat -",
            "105 email -",
            "106 web -",
            "107 sample_ticket -",
            "108 instagram -",
            "110 web -");
  }

  @Test
  void deletedTicketsSamplesAndFollowUpsSaySo() {
    assertThat(
            staged(
                "ticket",
                "ticket_id IN ('105', '106', '107')",
                "ticket_id",
                "is_deleted",
                "is_sample",
                "follow_up_of_key"))
        .containsExactly("105 false false desk:101", "106 true false -", "107 false true -");
  }

  @Test
  void idsThatAConnectorMadeNumbersAreIds() {
    assertThat(
            staged(
                "ticket",
                "ticket_id = '108'",
                "ticket_key",
                "customer_key",
                "opener_key",
                "brand_code",
                "team_code"))
        .containsExactly("desk:108 desk:6139157572367 desk:6139157572367 3600 7");
  }

  @Test
  void changesOfAnUpdateKeepTheirOrderAndThoseOfOneSecondTheOrderOfTheUpdates() {
    assertThat(
            history(
                "desk:101",
                "event_type_code",
                "previous_value",
                "new_value",
                "actor_key",
                "actor_class_code"))
        .containsExactly(
            "05-04T08:00:00 status - new desk:500 -",
            "05-04T08:00:00 priority - normal desk:500 -",
            "05-04T08:00:00 type - question desk:500 -",
            "05-04T08:00:00 priority normal high - bot",
            "05-04T08:30:00 status new pending desk:900 -",
            "05-04T08:30:00 assignee - desk:900 desk:900 -",
            "05-04T09:00:00 status pending open desk:500 -",
            "05-04T09:20:00 assignee desk:900 desk:901 desk:900 -",
            "05-04T09:20:00 status open hold desk:900 -",
            "05-04T09:20:00 status hold solved desk:901 -",
            "05-05T09:20:00 status solved closed - bot");
  }

  @Test
  void takingATicketFromSomebodyIsAChangeToNobody() {
    assertThat(history("desk:102", "event_type_code", "previous_value", "new_value"))
        .containsExactly(
            "05-04T10:00:35 assignee - desk:900",
            "05-04T10:00:35 status - open",
            "05-05T07:00:00 assignee desk:900 -");
  }

  @Test
  void bothSidesOfAMergeSayWhichTicketWentIntoWhich() {
    assertThat(
            staged(
                "ticket_event",
                "event_type_code = 'merge'",
                "ticket_key",
                "event_id",
                "new_value",
                "actor_key"))
        .containsExactly(
            "desk:103 7000000005000-merge desk:104 desk:900",
            "desk:103 7000000005100-merge desk:104 desk:900");
  }

  @Test
  void aReplyComesBeforeTheChangesOfItsUpdateWhereverItStands() {
    assertThat(staged("message", "message_id = '7000000002003'", "sequence"))
        .containsOnly("7000000002000000");
    assertThat(staged("ticket_event", "event_id = '7000000002001'", "sequence"))
        .containsExactly("7000000002000001");
  }

  @Test
  void commentsHaveTheirAuthorAndNotesAreNotPublic() {
    assertThat(newestMessages("desk:101", "message_id", "author_key", "is_public", "body_length"))
        .containsExactly(
            "7000000001001 desk:500 true 17",
            "7000000002003 desk:900 true 15",
            "7000000003001 desk:500 true 9",
            "7000000004001 desk:900 false 7");
  }

  @Test
  void aCommentHasOneKeyInAnAuditAndInTheListOfComments() {
    assertThat(staged("message", "message_id = '7000000002003'", "ticket_key")).hasSize(2);
    assertThat(
            desk.staged("message")
                .filter("message_id = '7000000002003'")
                .drop("dt", "content_hash", "file_id")
                .distinct()
                .count())
        .isEqualTo(1);
  }

  @Test
  void aRuleThatCommentsIsABot() {
    assertThat(
            newestMessages(
                "desk:105", "message_id", "author_key", "author_class_code", "is_public"))
        .containsExactly("7000000011001 - bot true", "7000000011101 desk:901 - false");
  }

  @Test
  void linesOfAChatAreMessagesOnceAndItsTranscriptIsNone() {
    assertThat(
            newestMessages(
                "desk:104",
                "message_id",
                "date_format(sent_at, 'HH:mm:ss.SSS')",
                "author_key",
                "author_class_code",
                "is_public",
                "chat_session_id"))
        .containsExactly(
            "7000000005101 11:30:00.000 desk:900 - false -",
            "7000000006102 11:20:00.000 desk:502 - false -",
            "m-1 11:10:01.500 desk:502 customer true 2605.1.X",
            "m-2 11:10:02.000 - bot true 2605.1.X",
            "m-3 11:11:05.250 desk:900 - true 2605.1.X");
  }

  @Test
  void callsAndSocialCommentsAreMessagesAndATweetOnlyWithoutAComment() {
    assertThat(newestMessages("desk:102", "message_id", "author_key", "is_public"))
        .containsExactly("7000000008001 desk:501 false");
    assertThat(newestMessages("desk:108", "message_id", "author_key", "is_public"))
        .containsExactly("7000000009001 desk:6139157572367 true", "7000000009501 desk:900 true");
  }

  @Test
  void aMacroIsUsedInTheCommentOfItsUpdateElseInTheUpdate() {
    assertThat(
            staged(
                "macro_use",
                "true",
                "macro_use_key",
                "macro_key",
                "message_id",
                "event_id",
                "agent_key"))
        .containsExactly(
            "desk:7000000002004 desk:31 7000000002003 - desk:900",
            "desk:7000000004502 desk:32 - 7000000004500 desk:901",
            "desk:7000000010104 desk:31 7000000010103 - desk:900");
  }

  @Test
  void ticketEventsSayWhatAuditsSay() {
    assertThat(
            history(
                "desk:109",
                "event_id",
                "event_type_code",
                "previous_value",
                "new_value",
                "actor_key",
                "actor_class_code"))
        .containsExactly(
            "05-04T15:00:00 7000000010002 status - new desk:503 -",
            "05-04T15:00:00 7000000010005 priority - high - bot",
            "05-04T15:30:00 7000000010101 assignee - desk:900 desk:900 -",
            "05-04T15:30:00 7000000010102 status new solved desk:900 -",
            "05-04T15:40:00 7000000010200-status status solved closed - bot");
    assertThat(newestMessages("desk:109", "message_id", "author_key", "is_public", "sequence"))
        .containsExactly(
            "7000000010001 desk:503 true 7000000010000000",
            "7000000010103 desk:900 true 7000000010100000");
  }

  @Test
  void anOfferIsARequestAndItsAnswerTakesItsPlace() {
    assertThat(
            staged(
                "survey",
                "survey_id IN ('41', '43') AND sent_at IS NOT NULL OR survey_id = '43'",
                "survey_id",
                at("sent_at"),
                "answer_code",
                at("answered_at")))
        .containsExactly(
            "41 05-05T10:00:00 - -", "41 05-05T10:00:00 good 05-06T07:00:00", "43 - - -");
  }

  @Test
  void theRatingsOwnRecordGoesBeforeWhatTheTicketSaysOfIt() {
    assertThat(staged("survey", "survey_id = '41'", "survey_id")).hasSize(3);
    assertThat(newestSurvey("desk:41", "answer_code", at("answered_at"), "agent_key", "ticket_key"))
        .containsExactly("good 05-06T07:00:00 desk:900 desk:101");
  }

  @Test
  void withoutRatingsTheNewestTicketTellsTheAnswer() {
    assertThat(newestSurvey("desk:42", "answer_code", at("answered_at"), at("sent_at")))
        .containsExactly("good 05-06T07:30:00 -");
  }

  @Test
  void onlyAnswersWithAnIdAndOffersAreSurveys() {
    assertThat(distinct("survey", "survey_key", "kind_code"))
        .containsExactly("desk:41 csat", "desk:42 csat", "desk:43 csat", "desk:7000000009002 csat");
  }

  @Test
  void agentsAndAdminsAreAgentsAndEndUsersCustomers() {
    assertThat(
            staged("agent", "true", "agent_key", "agent_name", "team_code", at("left_at"), "roles"))
        .containsExactly(
            "desk:900 Ada 7 - -",
            "desk:901 Ben - - -",
            "desk:902 Eve - 04-30T17:00:00 -",
            "desk:903 Fay - - -");
    assertThat(staged("customer", "true", "customer_key", "email", "phone"))
        .containsExactly(
            "desk:500 ann@example.com +49 30 1",
            "desk:6139157572367 - -",
            "desk:903 fay@desk.example -");
  }

  @Test
  void aPolicyWithAnotherConditionThanChannelOrTypeIsLeftOut() {
    assertThat(
            staged(
                "sla_policy",
                "true",
                "policy_id",
                "position",
                "to_json(channel_codes)",
                "to_json(type_codes)",
                at("valid_from")))
        .containsExactly(
            "11 1 [\"email\"] [\"incident\"] 01-05T09:00:00",
            "13 3 [] [\"question\",\"task\"] 01-05T09:00:00");
  }

  @Test
  void targetsAreInSecondsAndOfRepliesAndTheResolutionOnly() {
    assertThat(staged("sla_policy", "true", "policy_id", "to_json(targets)"))
        .containsExactly(
            "11 [{\"metric_code\":\"first_response\",\"priority_code\":\"high\",\"target_seconds\":3665,\"is_business\":false},"
                + "{\"metric_code\":\"next_response\",\"priority_code\":\"low\",\"target_seconds\":7200,\"is_business\":true}]",
            "13 [{\"metric_code\":\"resolution\",\"priority_code\":\"urgent\",\"target_seconds\":28800,\"is_business\":true}]");
  }

  @Test
  void hoursOverMidnightAndOverTheEndOfTheWeekArePiecesOfDays() {
    assertThat(hours("21"))
        .containsExactly(
            "1 09:00 17:00", "5 22:00 24:00", "6 00:00 02:00", "6 23:00 24:00", "7 00:00 01:00");
    assertThat(hours("22"))
        .containsExactly(
            "7 00:00 24:00",
            "1 00:00 24:00",
            "2 00:00 24:00",
            "3 00:00 24:00",
            "4 00:00 24:00",
            "5 00:00 24:00",
            "6 00:00 24:00");
  }

  @Test
  void zonesOfRailsAreZonesAndHolidaysHaveBothEnds() {
    assertThat(
            staged(
                "schedule", "true", "schedule_id", "time_zone", "to_json(holidays)", "is_default"))
        .containsExactly(
            "21 America/Los_Angeles [{\"first_date\":\"2026-07-03\",\"last_date\":\"2026-07-05\"}]"
                + " true",
            "22 Europe/Berlin - true");
  }

  @Test
  void aMacroThatIsSwitchedOffIsNotActive() {
    assertThat(staged("macro", "true", "macro_key", "macro_name", "is_active"))
        .containsExactly("desk:31 Parcel::Late true", "desk:32 Solve false");
  }

  @Test
  void aWaitBeginsBehindTheMenuAndOnlyCallersInTheQueueGiveUp() {
    assertThat(
            newest(
                "call",
                "call_key",
                "true",
                "call_id",
                "direction_code",
                "date_format(queued_at, 'HH:mm:ss')",
                "date_format(answered_at, 'HH:mm:ss')",
                "date_format(abandoned_at, 'HH:mm:ss')",
                "date_format(ended_at, 'HH:mm:ss')"))
        .containsExactly(
            "601 inbound 10:00:15 10:00:35 - 10:03:25",
            "602 inbound 11:00:05 - 11:00:45 11:00:45",
            "603 inbound - - - 12:01:00",
            "604 outbound - 13:00:00 - 13:01:15",
            "605 inbound - - - 14:00:09",
            "606 inbound 08:00:00 08:00:12 - 08:04:00");
  }

  @Test
  void aCallWithoutLegsIsOneLegAndOfItsLegsThoseWithTalkCount() {
    assertThat(
            newest(
                "call",
                "call_key",
                "legs IS NOT NULL",
                "call_id",
                "to_json(transform(legs, l -> concat_ws('/', l.leg_id, l.agent_key, l.talk_seconds,"
                    + " l.hold_seconds, l.wrap_up_seconds)))"))
        .containsExactly(
            "601 [\"call/desk:900/120/30/15\"]",
            "604 [\"call/desk:901/60/0/0\"]",
            "606 [\"2/desk:900/120/30/0\",\"3/desk:901/60/0/0\"]");
  }

  @Test
  void whatANumberNeedsIsMissedByName() {
    assertThat(desk.dumps().reasons())
        .containsOnlyKeys(
            "desk/ticket: `created_at` is no ISO 8601 instant",
            "desk/ticket_audit: `events` holds a `status` that is none of new, open, pending, hold,"
                + " solved, closed, deleted",
            "desk/ticket_audit: `events` holds a comment whose `public` is neither true nor false")
        .containsValues(1L, 1L, 1L);
  }

  private static String at(String column) {
    return "date_format(" + column + ", \"MM-dd'T'HH:mm:ss\")";
  }

  private static List<String> staged(String entity, String condition, String... columns) {
    return texts(desk.staged(entity).filter(condition), columns).sorted().toList();
  }

  private static List<String> distinct(String entity, String... columns) {
    return texts(desk.staged(entity), columns).sorted().distinct().toList();
  }

  private static List<String> newest(
      String entity, String key, String condition, String... columns) {
    return texts(LatestPerKey.of(desk.staged(entity), key).filter(condition), columns)
        .sorted()
        .toList();
  }

  private static List<String> newestSurvey(String key, String... columns) {
    return newest("survey", "survey_key", "survey_key = '" + key + "'", columns);
  }

  private static List<String> newestMessages(String ticket, String... columns) {
    return texts(
            LatestPerKey.of(desk.staged("message"), "ticket_key", "message_id")
                .filter(col("ticket_key").equalTo(ticket)),
            columns)
        .sorted()
        .toList();
  }

  /** The changes of a ticket but merges, in their order, each behind its instant. */
  private static List<String> history(String ticket, String... columns) {
    Dataset<Row> events =
        LatestPerKey.of(desk.staged("ticket_event"), "ticket_key", "event_id")
            .filter(col("ticket_key").equalTo(ticket).and(col("event_type_code").notEqual("merge")))
            .orderBy("occurred_at", "sequence");
    return texts(
            events,
            Stream.concat(Stream.of(at("occurred_at")), Arrays.stream(columns))
                .toArray(String[]::new))
        .toList();
  }

  private static List<String> hours(String schedule) {
    Column hours = col("weekly_hours");
    return texts(
            desk.staged("schedule")
                .filter(col("schedule_id").equalTo(schedule))
                .select(inline(hours)),
            "day_of_week",
            "opens_at",
            "closes_at")
        .toList();
  }

  private static Stream<String> texts(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream()
        .map(
            row -> {
              List<String> values =
                  IntStream.range(0, row.length())
                      .mapToObj(i -> row.isNullAt(i) ? "-" : String.valueOf(row.get(i)))
                      .toList();
              return String.join(" ", values);
            });
  }
}
