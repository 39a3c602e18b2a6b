package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.UnreadableDump;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest extends SparkTestBase {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  @TempDir Path folder;

  private NightRun night() {
    return night("{agent: {}}", 0.4);
  }

  private NightRun night(String entities, double maxRejectedRatio) {
    Settings settings =
        Settings.read(
            write(
                "nightdesk.yaml",
                "max-rejected-ratio: %s\nreporting: {currency: EUR}\nsources: {desk: {type: canonical, entities: %s}}"
                    .formatted(maxRejectedRatio, entities)),
            Map.of(),
            Map.of());
    return new NightRun(spark(), NightdeskConfig.of(settings, folder), Clock.systemUTC());
  }

  private Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String agent(String id, String name) {
    return "{\"agent_id\":\"%s\",\"name\":\"%s\",\"updated_at\":\"2026-01-01T08:00:00Z\"}\n"
        .formatted(id, name);
  }

  /** The tables of a night that is staged, but not published. */
  private static NightTables staged(NightRun night) {
    return night.warehouse().resume(NightRun.STAGE).tables();
  }

  private static List<String> liveNames(NightRun night) {
    return Staging.live(staged(night), "stg_agent").select("agent_name").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void aMissingDumpEndsTheNightByNameOfSourceEntityAndDate() {
    write("raw/desk/agent/dt=2026-01-01/a.jsonl", agent("1", "Ann"));

    assertThatThrownBy(() -> night().stage(FIRST.plusDays(1)))
        .isInstanceOfSatisfying(
            NightdeskException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
        .hasMessageContaining("Missing dump")
        .hasMessageContaining("desk/agent/dt=2026-01-02");
  }

  @Test
  void aFileThatIsCutShortEndsTheNightByNameAndLeavesNothing() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(agent("1", "Ann").getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    write("raw/desk/agent/dt=2026-01-01/a.jsonl.gz", Arrays.copyOf(whole, whole.length - 12));
    NightRun night = night();

    assertThatThrownBy(() -> night.stage(FIRST))
        .hasRootCauseInstanceOf(UnreadableDump.class)
        .rootCause()
        .hasMessageContaining("desk/agent/dt=2026-01-01/a.jsonl.gz");
    assertThat(folder.resolve("warehouse")).isDirectoryNotContaining("glob:**/{staged,operations}");
  }

  @Test
  void tooManyRefusedRecordsEndTheNightWithTheirReasonsRanked() {
    write(
        "raw/desk/agent/dt=2026-01-01/a.jsonl",
        agent("1", "Ann") + "{\"name\":\"Bob\"}\n" + "{\"name\":\"Cid\"}\n");

    assertThatThrownBy(() -> night().stage(FIRST))
        .isInstanceOfSatisfying(
            NightdeskException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
        .hasMessageContaining("2 of 3 records of desk/agent")
        .hasMessageContaining("`agent_id` is missing=2");
  }

  @Test
  void aFileThatChangedAtItsPathSupersedesItsOwnRows() {
    write("raw/desk/agent/dt=2026-01-01/a.jsonl", agent("1", "Ann") + agent("2", "Bob"));
    NightRun night = night();
    night.stage(FIRST);
    assertThat(liveNames(night)).containsExactly("Ann", "Bob");
    night.warehouse().publish(night.warehouse().resume(NightRun.STAGE));

    write("raw/desk/agent/dt=2026-01-01/a.jsonl", agent("1", "Anna"));
    Staging.Result second = night.stage(FIRST);

    assertThat(second.fileCount()).isEqualTo(1);
    assertThat(liveNames(night)).containsExactly("Anna");
  }

  @Test
  void aFileThatGetsItsFormerContentBackCountsWithThat() {
    NightRun night = night();
    for (String name : List.of("Ann", "Anna", "Ann")) {
      write("raw/desk/agent/dt=2026-01-01/a.jsonl", agent("1", name));
      night.stage(FIRST);
      assertThat(liveNames(night)).containsExactly(name);
      night.warehouse().publish(night.warehouse().resume(NightRun.STAGE));
    }

    assertThat(night.stage(FIRST).fileCount()).isZero();
  }

  @Test
  void columnsAreFoundByNameAndUnknownOnesReported() {
    write(
        "raw/desk/agent/dt=2026-01-01/a.csv",
        "name,shoe_size,updated_at,agent_id\nAnn,38,2026-01-01T08:00:00Z,17.0\n");
    NightRun night = night();

    Staging.Result result = night.stage(FIRST);

    Row agent = Staging.live(staged(night), "stg_agent").first();
    assertThat(agent.<String>getAs("agent_key")).isEqualTo("desk:17");
    assertThat(agent.<String>getAs("agent_name")).isEqualTo("Ann");
    assertThat(result.unknownFields()).containsExactly("desk/agent/shoe_size");
  }

  @Test
  void parquetIsReadWithItsTypesAndPlaces() {
    rows(
            "agent_id bigint, name string, updated_at timestamp,"
                + " roles array<struct<role: string, valid_from: string>>, shoe_size int",
            RowFactory.create(
                17L,
                "Ann",
                Timestamp.from(Instant.parse("2026-01-01T08:00:00.123456Z")),
                new Row[] {RowFactory.create("bot", null)},
                38),
            RowFactory.create(18L, "Bob", null, null, 39),
            RowFactory.create(
                19L, "Cid", Timestamp.from(Instant.parse("2026-01-01T09:00:00Z")), null, 40))
        .coalesce(1)
        .write()
        .parquet(folder.resolve("raw/desk/agent/dt=2026-01-01").toString());
    NightRun night = night();

    Staging.Result result = night.stage(FIRST);

    Row agent = Staging.live(staged(night), "stg_agent").filter("agent_key = 'desk:17'").first();
    assertThat(agent.<Timestamp>getAs("version_at").toInstant())
        .isEqualTo(Instant.parse("2026-01-01T08:00:00.123456Z"));
    assertThat(agent.<Row>getList(agent.fieldIndex("roles")).get(0).<String>getAs("role_code"))
        .isEqualTo("bot");
    assertThat(liveNames(night)).containsExactly("Ann", "Cid");
    assertThat(result.unknownFields()).containsExactly("desk/agent/shoe_size");
    Row refused = staged(night).now(Contracts.of("rejected_row")).first();
    assertThat(refused.<Long>getAs("position")).isEqualTo(2);
    assertThat(refused.<String>getList(refused.fieldIndex("reasons")))
        .containsExactly("`updated_at` is missing");
  }

  @Test
  void anOrderIsRefusedForWhatItsRefundsHoldAndItsGoodOnesAreTyped() {
    String order =
        "{\"order_id\":%s,\"created_at\":\"2026-01-01T08:00:00Z\",%s\"updated_at\":\"2026-01-01T09:00:00Z\"}\n";
    String money = "\"total_amount\":\"99.90\",\"currency\":\"eur\",";
    String refund = "\"refunds\":[{\"refund_id\":\"r\",\"refunded_at\":\"%s\",\"amount\":\"%s\"}],";
    write(
        "raw/desk/order/dt=2026-01-01/o.jsonl",
        order.formatted(1, money + refund.formatted("2026-01-01T09:00:00+01:00", "9.9"))
            + order.formatted(2, money + refund.formatted("2026-01-01T09:00:00Z", "ten"))
            + order.formatted(3, money + refund.formatted("2026-01-01T09:00:00", "1"))
            + order.formatted(4, "\"total_amount\":\"1\",\"currency\":\"€\",")
            + order.formatted(5, money + "\"cancelled_at\":\"2026-01-01T07:59:59Z\","));
    NightRun night = night("{order: {}}", 0.9);

    night.stage(FIRST);

    Row staged = Staging.live(staged(night), "stg_order").collectAsList().get(0);
    assertThat(Staging.live(staged(night), "stg_order").count()).isEqualTo(1);
    assertThat(staged.<String>getAs("order_key")).isEqualTo("desk:1");
    assertThat(staged.<String>getAs("currency_code")).isEqualTo("EUR");
    assertThat(staged.<BigDecimal>getAs("total_amount")).isEqualByComparingTo("99.90");
    Row refunded = staged.<Row>getList(staged.fieldIndex("refunds")).get(0);
    assertThat(refunded.<Timestamp>getAs("refunded_at").toInstant())
        .isEqualTo(Instant.parse("2026-01-01T08:00:00Z"));
    assertThat(refunded.<BigDecimal>getAs("amount")).isEqualByComparingTo("9.90");
    assertThat(reasons(night))
        .containsExactly(
            "2: `refunds` holds an amount that is no decimal from 0 on",
            "3: `refunds` holds a `refunded_at` that is no instant with an offset",
            "4: `currency` is no code of three letters",
            "5: `cancelled_at` lies before `created_at`");
  }

  @Test
  void aCallIsRefusedForInstantsInTheWrongOrderAndForSecondsThatAreNone() {
    String call =
        "{\"call_id\":%s,\"direction\":\"inbound\",\"started_at\":\"2026-01-01T08:00:00Z\",%s\"updated_at\":\"2026-01-01T09:00:00Z\"}\n";
    String leg = "{\"leg_id\":\"%s\",\"agent_id\":\"7.0\",\"talk_seconds\":%s,\"hold_seconds\":3}";
    String answered =
        "\"queued_at\":\"2026-01-01T08:00:02Z\",\"answered_at\":\"2026-01-01T08:00:0%s\",";
    String legs = "\"legs\":[%s],";
    write(
        "raw/desk/call/dt=2026-01-01/c.jsonl",
        call.formatted(1, answered.formatted("5Z") + legs.formatted(leg.formatted("a", 120)))
            + call.formatted(2, answered.formatted("1Z"))
            + call.formatted(3, "\"ended_at\":\"2026-01-01T07:59:59Z\",")
            + call.formatted(4, legs.formatted(leg.formatted("a", -1)))
            + call.formatted(5, legs.formatted(leg.formatted("a", "\"long\"")))
            + call.formatted(
                6, legs.formatted(leg.formatted("a", 1) + "," + leg.formatted("a", 1))));
    NightRun night = night("{call: {}}", 0.9);

    night.stage(FIRST);

    List<Row> calls = Staging.live(staged(night), "stg_call").collectAsList();
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).<Row>getList(calls.get(0).fieldIndex("legs")))
        .containsExactly(RowFactory.create("a", "desk:7", 120L, 3L, 0L));
    assertThat(reasons(night))
        .containsExactly(
            "2: `answered_at` or `abandoned_at` lies before `queued_at`",
            "3: `queued_at`, `answered_at`, `abandoned_at` or `ended_at` lies before `started_at`",
            "4: `legs` holds seconds that are no whole number from 0 on",
            "5: `legs` holds seconds that are no whole number from 0 on",
            "6: `legs` holds a leg without `leg_id`, or one id twice");
  }

  /** The line and the reasons of every refused record. */
  private static List<String> reasons(NightRun night) {
    return staged(night).now(Contracts.of("rejected_row")).collectAsList().stream()
        .sorted(Comparator.comparingLong(row -> row.<Long>getAs("position")))
        .map(
            row ->
                row.<Long>getAs("position")
                    + ": "
                    + String.join("; ", row.<String>getList(row.fieldIndex("reasons"))))
        .toList();
  }

  @Test
  void theOtherRecordsOfADeskAreTypedWithWhatTheirContractsSayOfAbsence() {
    String at = "\"2026-01-01T08:00:00Z\"";
    write(
        "raw/desk/agent_shift/dt=2026-01-01/s.jsonl",
        "{\"shift_id\":1,\"agent_id\":7,\"kind\":\"Shift\",\"started_at\":\"2026-02-01T08:00:00Z\",\"updated_at\":%s}"
            .formatted(at));
    write(
        "raw/desk/macro/dt=2026-01-01/m.jsonl",
        "{\"macro_id\":5,\"name\":\"Thanks\",\"updated_at\":%s}".formatted(at));
    write(
        "raw/desk/macro_use/dt=2026-01-01/u.jsonl",
        "{\"macro_use_id\":1,\"macro_id\":5,\"ticket_id\":3,\"used_at\":%s}".formatted(at));
    write(
        "raw/desk/social_mention/dt=2026-01-01/m.jsonl",
        "{\"mention_id\":1,\"platform\":\" FaceBook \",\"mentioned_at\":%s}".formatted(at));
    write(
        "raw/desk/self_service_session/dt=2026-01-01/v.jsonl",
        "{\"session_id\":1,\"started_at\":%s,\"article_view_count\":2}".formatted(at));
    NightRun night =
        night(
            "{agent_shift: {}, macro: {}, macro_use: {}, social_mention: {}, self_service_session:"
                + " {}}",
            0);

    night.stage(FIRST);

    Row shift = Staging.live(staged(night), "stg_agent_shift").first();
    assertThat(shift.<String>getAs("agent_key")).isEqualTo("desk:7");
    assertThat(shift.<String>getAs("kind_code")).isEqualTo("shift");
    assertThat(shift.<Boolean>getAs("is_deleted")).isFalse();
    assertThat(shift.<Timestamp>getAs("ended_at")).isNull();
    Row macro = Staging.live(staged(night), "stg_macro").first();
    assertThat(macro.<Boolean>getAs("is_active")).isTrue();
    Row use = Staging.live(staged(night), "stg_macro_use").first();
    assertThat(use.<String>getAs("macro_key")).isEqualTo("desk:5");
    assertThat(use.<String>getAs("agent_key")).isNull();
    assertThat(use.<Timestamp>getAs("version_at").toInstant())
        .isEqualTo(Instant.parse("2026-01-01T08:00:00Z"));
    Row mention = Staging.live(staged(night), "stg_social_mention").first();
    assertThat(mention.<String>getAs("platform_code")).isEqualTo("facebook");
    assertThat(mention.<String>getAs("ticket_key")).isNull();
    assertThat(mention.<Boolean>getAs("is_repost")).isFalse();
    Row session = Staging.live(staged(night), "stg_self_service_session").first();
    assertThat(session.<String>getAs("customer_key")).isNull();
    assertThat(session.<Long>getAs("article_view_count")).isEqualTo(2);
  }

  @Test
  void messagesAreScoredInTheLanguageTheyNameUnlessTheirSourceHasAScore() {
    String message =
        "{\"message_id\":%s,\"ticket_id\":1,\"sent_at\":\"2026-01-01T08:00:00Z\",%s}\n";
    String text = "\"body\":\"Thank you!\\n\\nOn 3 May 2021 Ann wrote:\\n> I am so sorry.\"";
    write(
        "raw/desk/message/dt=2026-01-01/m.jsonl",
        message.formatted(1, text + ",\"language\":\"en-GB\"")
            + message.formatted(2, text + ",\"sentiment_score\":-0.5")
            + message.formatted(3, text)
            + message.formatted(4, text + ",\"language\":\"de\"")
            + message.formatted(5, "\"language\":\"en\"")
            + message.formatted(6, text + ",\"sentiment_score\":1.5"));
    NightRun night = night("{message: {}}", 0.4);

    night.stage(FIRST);

    // thank 1.5, one exclamation mark 0.292: 1.792 / sqrt(1.792² + 15) = 0.4199.
    assertThat(
            Staging.live(staged(night), "stg_message")
                .orderBy("message_id")
                .collectAsList()
                .stream()
                .map(
                    row ->
                        row.getAs("message_id")
                            + " "
                            + row.getAs("sentiment_score")
                            + " "
                            + row.getAs("sentiment_scorer_code")))
        .containsExactly(
            "1 0.4199 vader-3.3.2-en",
            "2 -0.5000 source",
            "3 null null",
            "4 null null",
            "5 null null");
    assertThat(reasons(night)).containsExactly("6: `sentiment_score` lies outside of -1 to 1");
  }
}
