package dev.nightdesk.history;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.logic.Joins;
import dev.nightdesk.table.Definitions;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Staged tables in one narrow shape, so that one shuffle brings a ticket's records together.
 *
 * <p>Instants travel as microseconds, and message text stays behind. What only some kinds have lies
 * in a struct that is null for all others, because most rows are messages.
 */
final class StagedRows {

  static final int TICKET = 0;
  static final int CHANGE = 1;
  static final int MESSAGE = 2;
  static final int SURVEY = 3;
  static final int CALL = 4;
  static final int MACRO_USE = 5;
  static final int VENDOR_METRIC = 6;
  static final int SLA_EVENT = 7;

  static final StructType SCHEMA =
      StructType.fromDDL(
          """
          ticket_key string, kind int, record_id string, version_at bigint, dt int, content_hash string,
          at bigint, sequence bigint, person_key string, person_class_code string,
          is_public boolean, is_delivered boolean, is_from_merged_ticket boolean,
          chat_session_id string, language_code string, body_length bigint,
          sentiment_score decimal(5,4), sentiment_scorer_code string,
          change struct<type_code:string,previous_value:string,new_value:string>,
          ticket struct<source_code:string,ticket_id:string,customer_key:string,opener_key:string,
            direction_code:string,type_code:string,channel_code:string,priority_code:string,brand_code:string,
            team_code:string,schedule_key:string,follow_up_of_key:string,merged_into_key:string,
            is_spam:boolean,is_deleted:boolean,is_sample:boolean,created_at:bigint,
            status_code:string,assignee_key:string,stated_at:bigint,
            has_first_reply_only:boolean,reply_count:bigint>,
          survey struct<source_code:string,customer_key:string,agent_key:string,kind_code:string,
            scale_min:double,scale_max:double,is_higher_better:boolean,score:double,answer_code:string,
            sent_at:bigint,answered_at:bigint>,
          call struct<source_code:string,call_id:string,customer_key:string,direction_code:string,
            queued_at:bigint,answered_at:bigint,abandoned_at:bigint,ended_at:bigint,
            legs:array<struct<leg_id:string,agent_key:string,talk_seconds:bigint,hold_seconds:bigint,
              wrap_up_seconds:bigint>>>,
          macro_use struct<macro_key:string,used_in_id:string>,
          vendor_metric struct<metric_code:string,clock_code:string,vendor_value:bigint,vendor_step:bigint>,
          sla_event struct<metric_code:string,instance_number:int,event_type_code:string,target_seconds:bigint,
            is_business:boolean,priority_code:string,policy_key:string,is_deleted:boolean>
          """);

  private StagedRows() {}

  static Dataset<Row> ofTickets(Dataset<Row> tickets) {
    return narrow(
        tickets, Map.of("kind", lit(TICKET), "record_id", lit(""), "ticket", structOf("ticket")));
  }

  static Dataset<Row> ofChanges(Dataset<Row> events) {
    return narrow(
        events,
        Map.of(
            "kind", lit(CHANGE),
            "record_id", col("event_id"),
            "at", unix_micros(col("occurred_at")),
            "sequence", coalesce(col("sequence"), lit(0L)),
            "person_key", col("actor_key"),
            "person_class_code", col("actor_class_code"),
            "change",
                struct(
                    col("event_type_code").as("type_code"),
                    col("previous_value"),
                    col("new_value"))));
  }

  /** Messages of a ticket merged away become the survivor's. */
  static Dataset<Row> ofMessages(Dataset<Row> messages, Dataset<Row> survivors) {
    Column isMerged = col("survivor_key").isNotNull();
    return narrow(
        Joins.zeroOrOneOfFew(messages.drop("body_text"), survivors, "ticket_key"),
        Map.ofEntries(
            Map.entry("ticket_key", coalesce(col("survivor_key"), col("ticket_key"))),
            Map.entry("kind", lit(MESSAGE)),
            Map.entry("record_id", originalId(col("message_id"))),
            Map.entry("at", unix_micros(col("sent_at"))),
            Map.entry("sequence", coalesce(col("sequence"), lit(0L))),
            Map.entry("person_key", col("author_key")),
            Map.entry("person_class_code", col("author_class_code")),
            Map.entry("is_public", col("is_public")),
            Map.entry("is_delivered", col("is_delivered")),
            Map.entry("is_from_merged_ticket", isMerged),
            Map.entry("chat_session_id", col("chat_session_id")),
            Map.entry("language_code", col("language_code")),
            Map.entry("body_length", col("body_length")),
            // Only a customer's public message has a mood that anybody asks for.
            Map.entry("sentiment_score", when(col("is_public"), col("sentiment_score"))),
            Map.entry(
                "sentiment_scorer_code", when(col("is_public"), col("sentiment_scorer_code")))));
  }

  /**
   * Calls of tickets, those of a ticket merged away as the survivor's; calls of no ticket have no
   * history to be part of.
   *
   * @param calls one row per call: a call may be given to a ticket later than it is delivered
   */
  static Dataset<Row> ofCalls(Dataset<Row> calls, Dataset<Row> survivors) {
    Column isMerged = col("survivor_key").isNotNull();
    return narrow(
        Joins.zeroOrOneOfFew(calls.filter(col("ticket_key").isNotNull()), survivors, "ticket_key"),
        Map.of(
            "ticket_key", coalesce(col("survivor_key"), col("ticket_key")),
            "kind", lit(CALL),
            "record_id", col("call_key"),
            "at", unix_micros(col("started_at")),
            "is_from_merged_ticket", isMerged,
            "call", structOf("call")));
  }

  /**
   * Uses of macros, those on a ticket merged away as the survivor's.
   *
   * @param uses one row per use: a use may be moved to another ticket
   */
  static Dataset<Row> ofMacroUses(Dataset<Row> uses, Dataset<Row> survivors) {
    Column id =
        coalesce(
            concat(lit("message:"), originalId(col("message_id"))),
            concat(lit("event:"), originalId(col("event_id"))),
            concat(lit("use:"), originalId(col("macro_use_id"))));
    return narrow(
        Joins.zeroOrOneOfFew(uses, survivors, "ticket_key"),
        Map.of(
            "ticket_key", coalesce(col("survivor_key"), col("ticket_key")),
            "kind", lit(MACRO_USE),
            "record_id", col("macro_use_key"),
            "at", unix_micros(col("used_at")),
            "person_key", col("agent_key"),
            "macro_use", struct(col("macro_key"), id.as("used_in_id"))));
  }

  static Dataset<Row> ofSlaEvents(Dataset<Row> events) {
    return narrow(
        events,
        Map.of(
            "kind", lit(SLA_EVENT),
            "record_id", col("event_id"),
            "at", unix_micros(col("occurred_at")),
            "sla_event", structOf("sla_event")));
  }

  static Dataset<Row> ofVendorMetrics(Dataset<Row> metrics) {
    return narrow(
        metrics,
        Map.of(
            "kind", lit(VENDOR_METRIC),
            "record_id", concat_ws(":", col("metric_code"), col("clock_code")),
            "vendor_metric", structOf("vendor_metric")));
  }

  /** An id that is unique within its ticket only; null stays null. */
  private static Column originalId(Column id) {
    return when(
            col("survivor_key").isNotNull().and(id.isNotNull()),
            concat_ws("/", col("ticket_key"), id))
        .otherwise(id);
  }

  /**
   * Surveys of tickets; those outside of any ticket have no history to be part of.
   *
   * @param surveys one row per survey: a survey may be moved to another ticket
   */
  static Dataset<Row> ofSurveys(Dataset<Row> surveys) {
    return narrow(
        surveys.filter(col("ticket_key").isNotNull()),
        Map.of("kind", lit(SURVEY), "record_id", col("survey_key"), "survey", structOf("survey")));
  }

  private static Dataset<Row> narrow(Dataset<Row> records, Map<String, Column> given) {
    Map<String, Column> ofEvery =
        Map.of(
            "ticket_key", col("ticket_key"),
            "version_at", unix_micros(col("version_at")),
            "dt", unix_date(col("dt")),
            // As good as the whole to tell two versions apart, and a quarter of its bytes.
            "content_hash", substring(col("content_hash"), 1, 16));
    return records.select(
        Arrays.stream(SCHEMA.fields())
            .map(
                field ->
                    given
                        .getOrDefault(field.name(), ofEvery.getOrDefault(field.name(), lit(null)))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new));
  }

  /** The fields of a struct of the narrow shape, taken by name. */
  private static Column structOf(String name) {
    DataType type = SCHEMA.apply(name).dataType();
    return struct(
        Arrays.stream(((StructType) type).fields())
            .map(field -> valueOf(field).as(field.name()))
            .toArray(Column[]::new));
  }

  private static Column valueOf(StructField field) {
    return switch (field.name()) {
      case "created_at",
          "stated_at",
          "sent_at",
          "queued_at",
          "answered_at",
          "abandoned_at",
          "ended_at" ->
          unix_micros(col(field.name()));
      case "type_code", "channel_code", "brand_code", "team_code" ->
          coalesce(col(field.name()), lit(Definitions.UNSPECIFIED));
      default -> col(field.name());
    };
  }
}
