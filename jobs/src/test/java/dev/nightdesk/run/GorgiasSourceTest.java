package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dumps of fixtures/sources/gorgias: what is in them is told in its README. */
class GorgiasSourceTest extends SparkTestBase {

  private static SourceFixture fixture;

  @BeforeAll
  static void readTheDumpsOnce() {
    fixture = SourceFixture.of(spark(), "gorgias");
  }

  private static List<String> where(String entity, String condition, String... columns) {
    return SourceFixture.texts(fixture.staged(entity).filter(condition), columns);
  }

  @Test
  void instantsWithoutOffsetAreUtcAlthoughTheConfigurationNamesNoZone() {
    assertThat(where("ticket", "ticket_id = 2601 AND day(dt) = 11", "CAST(created_at AS STRING)"))
        .containsExactly("2026-03-10 09:00:00.25");
    assertThat(where("message", "message_id = 7010", "CAST(sent_at AS STRING)"))
        .containsExactly("2026-03-10 11:00:00");
  }

  @Test
  void theNewestInstantOfATicketIsItsVersionWhereItIsNotUpdated() {
    assertThat(where("ticket", "ticket_id = 2601", "day(dt)", "CAST(version_at AS STRING)"))
        .containsExactly("11 2026-03-10 12:00:00.5", "12 2026-03-12 08:00:00");
  }

  @Test
  void theStateOfAClosedTicketIsOfItsClosingAndOfAnOpenOneOfItsVersion() {
    assertThat(
            where(
                "ticket",
                "ticket_id IN (2601, 2605) AND day(dt) = 11",
                "ticket_id",
                "status_code",
                "CAST(stated_at AS STRING)"))
        .containsExactly("2601 closed 2026-03-10 12:00:00.5", "2605 open 2026-03-10 14:00:00");
  }

  @Test
  void whoOpenedATicketSaysItsDirectionAndThePlatformItsChannel() {
    assertThat(
            where(
                "ticket",
                "day(dt) = 11",
                "ticket_key",
                "customer_key",
                "opener_key",
                "direction_code",
                "channel_code"))
        .containsExactly(
            "desk:2601 desk:customer-120 desk:customer-120 inbound email",
            "desk:2602 desk:customer-121 desk:customer-121 inbound chat",
            "desk:2603 desk:customer-12 desk:customer-12 inbound facebook",
            "desk:2604 desk:customer-122 - outbound phone",
            "desk:2605 desk:customer-121 desk:customer-121 inbound web");
  }

  @Test
  void theTypeIsTheConfiguredFieldElseTheFirstConfiguredTag() {
    assertThat(where("ticket", "true", "ticket_id", "day(dt)", "type_code", "priority_code"))
        .containsExactly(
            "2601 11 returns normal",
            "2601 12 returns high",
            "2602 11 - normal",
            "2603 11 - normal",
            "2604 11 - normal",
            "2605 11 order::status normal");
  }

  @Test
  void theTeamIsNamed() {
    assertThat(
            where("ticket", "team_code IS NOT NULL", "ticket_id", "replace(team_code, ' ', '_')"))
        .containsExactly("2601 front_line");
  }

  @Test
  void spamAndTrashAreFlagsAndAListThatLacksThemHasNone() {
    assertThat(where("ticket", "day(dt) = 11", "ticket_id", "is_spam", "is_deleted"))
        .containsExactly(
            "2601 false false",
            "2602 false false",
            "2603 false false",
            "2604 false false",
            "2605 true true");
  }

  @Test
  void theAuthorIsTheSenderAndARuleIsABot() {
    assertThat(fixture.rows("message", "message_id", "author_key", "author_class_code"))
        .containsExactly(
            "7001 desk:customer-120 customer",
            "7002 desk:rule-4102 bot",
            "7003 desk:12 -",
            "7004 desk:12 -",
            "7005 desk:customer-121 customer",
            "7006 desk:19 -",
            "7007 desk:13 -",
            "7008 desk:13 -",
            "7009 desk:13 -",
            "7010 desk:customer-12 customer",
            "7011 - agent");
  }

  @Test
  void aCustomerIsNotTheAgentWithTheSameId() {
    assertThat(where("message", "message_id IN (7004, 7010)", "author_key"))
        .containsExactly("desk:12", "desk:customer-12");
    assertThat(where("survey", "ticket_key = 'desk:2602'", "customer_key"))
        .containsExactly("desk:customer-121");
  }

  @Test
  void whoWritesForTheCompanyIsAnAgentUnlessTheUserIsABot() {
    // 13 is in no dump of users.
    assertThat(
            new TreeSet<>(
                fixture.rows(
                    "agent", "agent_key", "year(version_at)", "roles[0].role_code", "agent_name")))
        .containsExactly(
            "desk:12 2000 - Ana",
            "desk:12 2025 agent Ana A.",
            "desk:13 2000 - Ben",
            "desk:19 2000 - Robo",
            "desk:19 2026 bot Robo A.");
  }

  @Test
  void anAgentComesOncePerFile() {
    // In the list, in the messages, and in the connector's ticket; several times in each but one.
    assertThat(where("agent", "agent_id = 12 AND year(version_at) = 2000", "agent_key")).hasSize(3);
  }

  @Test
  void notesAreNotPublic() {
    assertThat(where("message", "NOT is_public", "message_id")).containsExactly("7003");
  }

  @Test
  void whatFailedOrWasDeletedIsNotDeliveredAndWhatWasSentAgainIs() {
    assertThat(where("message", "NOT is_delivered", "message_id")).containsExactly("7007", "7009");
    assertThat(where("message", "message_id = 7009", "CAST(version_at AS STRING)"))
        .containsExactly("2026-03-11 08:00:00");
  }

  @Test
  void aMessageIsDatedToItsSendingElseToItsCreation() {
    assertThat(
            where(
                "message",
                "message_id IN (7004, 7007)",
                "message_id",
                "date_format(sent_at, 'HH:mm:ss')",
                "date_format(version_at, 'HH:mm:ss')"))
        .containsExactly("7004 10:00:05 10:20:00", "7007 10:05:00 10:05:02");
  }

  @Test
  void theTextIsTheAuthorsOwnWords() {
    assertThat(
            where(
                "message",
                "message_id IN (7001, 7004, 7011)",
                "message_id",
                "body_length",
                "body_text"))
        .containsExactly("7001 13 My mug broke.", "7004 24 A new one is on its way.", "7011 - -");
  }

  @Test
  void aChatIsItsTicket() {
    assertThat(where("message", "chat_session_id IS NOT NULL", "message_id", "chat_session_id"))
        .containsExactly("7005 2602", "7006 2602");
  }

  @Test
  void eachMacroOfAMessageIsOneUseAndThatByARuleIsNoAgents() {
    assertThat(
            fixture.rows(
                "macro_use", "macro_use_key", "macro_key", "ticket_key", "message_id", "agent_key"))
        .containsExactly(
            "desk:7002-31 desk:31 desk:2601 7002 -",
            "desk:7004-32 desk:32 desk:2601 7004 desk:12",
            "desk:7004-33 desk:33 desk:2601 7004 desk:12");
  }

  @Test
  void macrosThatWerePutAwayAreNotActive() {
    assertThat(fixture.rows("macro", "macro_key", "macro_name", "is_active", "day(version_at)"))
        .containsExactly("desk:31 Received true 1", "desk:32 Replacement false 10");
  }

  @Test
  void eventsTellStatusAssigneeSpamAndDeletion() {
    assertThat(
            fixture.rows(
                "ticket_event",
                "event_id",
                "ticket_key",
                "event_type_code",
                "new_value",
                "actor_key"))
        .containsExactly(
            "9001 desk:2601 status open -",
            "9002 desk:2601 assignee desk:12 desk:12",
            "9003 desk:2601 status closed desk:12",
            "9004 desk:2601 status open -",
            "9005 desk:2601 status closed desk:12",
            "9006 desk:2602 assignee desk:13 -",
            "9007 desk:2602 assignee - desk:13",
            "9009 desk:2602 status open -",
            "9010 desk:2605 spam true desk:13",
            "9011 desk:2605 spam false desk:13",
            "9012 desk:2605 status deleted desk:13");
  }

  @Test
  void aSurveyIsARequestUntilItHasAScore() {
    assertThat(
            fixture.rows(
                "survey",
                "survey_id",
                "day(dt)",
                "ticket_key",
                "customer_key",
                "kind_code",
                "score",
                "date_format(sent_at, 'dd.HH:mm')",
                "date_format(answered_at, 'dd.HH:mm')",
                "date_format(version_at, 'dd.HH:mm')"))
        .containsExactly(
            "501 11 desk:2601 desk:customer-120 csat - 10.13:00 - 10.13:00",
            "501 12 desk:2601 desk:customer-120 csat 2.0 10.13:00 11.07:30 11.07:30",
            "502 11 desk:2602 desk:customer-121 csat - - - 10.12:00");
  }

  @Test
  void whoAsksIsKnownByTheTicketToo() {
    assertThat(
            new TreeSet<>(
                fixture.rows("customer", "customer_key", "year(version_at)", "email", "phone")))
        .containsExactly(
            "desk:customer-12 2000 kim@example.org -",
            "desk:customer-12 2026 - -",
            "desk:customer-120 2000 ivy@example.org -",
            "desk:customer-120 2026 ivy@example.org +12025550112",
            "desk:customer-121 2000 joe@example.org -",
            "desk:customer-122 2000 lou@example.org -");
  }

  @Test
  void whatANumberNeedsIsAskedFor() {
    assertThat(fixture.dumps().reasons())
        .hasSize(2)
        .containsEntry("desk/satisfaction_survey: `score` is none of 1 to 5", 1L)
        .containsEntry(
            "desk/event: `data` does not name the user to whom the ticket was assigned", 1L);
    assertThat(fixture.dumps().unknownFields()).contains("desk/ticket/uri", "desk/event/context");
  }

  @Test
  void theConfiguredZoneGoesBeforeUtcAndTypesNeedNotBeConfigured(@TempDir Path folder)
      throws IOException {
    Path configuration = folder.resolve("nightdesk.yaml");
    Files.writeString(
        configuration,
        """
        raw: %s
        sources:
          desk:
            type: gorgias
            entities: {ticket: {}}
            options: {time-zone: Europe/Berlin}
        """
            .formatted(Path.of("../fixtures/sources/gorgias/raw").toAbsolutePath().normalize()));

    SourceFixture berlin = SourceFixture.at(spark(), configuration);

    // The connector's ticket has offsets.
    assertThat(
            SourceFixture.texts(
                berlin.staged("ticket").filter("ticket_id IN (2601, 2605)"),
                "ticket_id",
                "day(dt)",
                "date_format(created_at, 'HH:mm')",
                "type_code"))
        .containsExactly("2601 11 08:00 -", "2601 12 09:00 -", "2605 11 12:00 -");
  }
}
