package dev.nightdesk.history;

import dev.nightdesk.logic.AuthorClass;
import dev.nightdesk.logic.AuthorRoles;
import dev.nightdesk.logic.Call;
import dev.nightdesk.logic.Change;
import dev.nightdesk.logic.MacroUse;
import dev.nightdesk.logic.Message;
import dev.nightdesk.logic.SlaEvent;
import dev.nightdesk.logic.SlaMetric;
import dev.nightdesk.logic.SlaPolicy;
import dev.nightdesk.logic.StatedState;
import dev.nightdesk.logic.Survey;
import dev.nightdesk.logic.TicketHeader;
import dev.nightdesk.logic.TicketRecords;
import dev.nightdesk.logic.VendorMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Turns the narrow rows of one ticket into its records: the newest version of each. */
final class TicketReader {

  private static final int KIND = StagedRows.SCHEMA.fieldIndex("kind");
  private static final int RECORD_ID = StagedRows.SCHEMA.fieldIndex("record_id");
  private static final int VERSION_AT = StagedRows.SCHEMA.fieldIndex("version_at");
  private static final int DT = StagedRows.SCHEMA.fieldIndex("dt");
  private static final int CONTENT_HASH = StagedRows.SCHEMA.fieldIndex("content_hash");
  private static final int AT = StagedRows.SCHEMA.fieldIndex("at");
  private static final int SEQUENCE = StagedRows.SCHEMA.fieldIndex("sequence");
  private static final int PERSON_KEY = StagedRows.SCHEMA.fieldIndex("person_key");
  private static final int PERSON_CLASS = StagedRows.SCHEMA.fieldIndex("person_class_code");
  private static final int IS_PUBLIC = StagedRows.SCHEMA.fieldIndex("is_public");
  private static final int IS_DELIVERED = StagedRows.SCHEMA.fieldIndex("is_delivered");
  private static final int IS_FROM_MERGED = StagedRows.SCHEMA.fieldIndex("is_from_merged_ticket");
  private static final int CHAT_SESSION_ID = StagedRows.SCHEMA.fieldIndex("chat_session_id");
  private static final int LANGUAGE_CODE = StagedRows.SCHEMA.fieldIndex("language_code");
  private static final int BODY_LENGTH = StagedRows.SCHEMA.fieldIndex("body_length");
  private static final int SENTIMENT_SCORE = StagedRows.SCHEMA.fieldIndex("sentiment_score");
  private static final int SENTIMENT_SCORER_CODE =
      StagedRows.SCHEMA.fieldIndex("sentiment_scorer_code");
  private static final int CHANGE = StagedRows.SCHEMA.fieldIndex("change");
  private static final int TICKET = StagedRows.SCHEMA.fieldIndex("ticket");
  private static final int SURVEY = StagedRows.SCHEMA.fieldIndex("survey");
  private static final int CALL = StagedRows.SCHEMA.fieldIndex("call");
  private static final int MACRO_USE = StagedRows.SCHEMA.fieldIndex("macro_use");
  private static final int SLA_EVENT = StagedRows.SCHEMA.fieldIndex("sla_event");
  private static final int VENDOR_METRIC = StagedRows.SCHEMA.fieldIndex("vendor_metric");

  private final AuthorRoles roles;

  TicketReader(AuthorRoles roles) {
    this.roles = roles;
  }

  /**
   * The records of a ticket.
   *
   * @param rows all versions, in any order
   * @return null if no ticket row came with the others
   */
  TicketRecords read(String ticketKey, List<Row> rows) {
    TicketHeader header = null;
    List<Change> changes = new ArrayList<>();
    List<Message> messages = new ArrayList<>();
    List<Survey> surveys = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    List<MacroUse> macroUses = new ArrayList<>();
    List<SlaEvent> slaEvents = new ArrayList<>();
    List<VendorMetric> vendorMetrics = new ArrayList<>();
    for (Row row : newest(rows)) {
      switch (row.getInt(KIND)) {
        case StagedRows.TICKET -> header = header(ticketKey, row);
        case StagedRows.CHANGE -> changes.add(change(row));
        case StagedRows.SURVEY -> surveys.add(survey(row));
        case StagedRows.CALL -> calls.add(call(row));
        case StagedRows.MACRO_USE -> macroUses.add(macroUse(row));
        case StagedRows.SLA_EVENT -> slaEvent(row, slaEvents);
        case StagedRows.VENDOR_METRIC -> vendorMetrics.add(vendorMetric(row));
        default -> {
          if (row.getBoolean(IS_DELIVERED)) {
            messages.add(message(row));
          }
        }
      }
    }
    return header == null
        ? null
        : new TicketRecords(
            header, changes, messages, surveys, calls, macroUses, slaEvents, vendorMetrics);
  }

  private static Collection<Row> newest(List<Row> rows) {
    Map<RecordKey, Row> newest = new HashMap<>(rows.size() * 2);
    for (Row row : rows) {
      newest.merge(
          new RecordKey(row.getInt(KIND), row.getString(RECORD_ID)), row, TicketReader::newer);
    }
    return newest.values();
  }

  private static Row newer(Row a, Row b) {
    int order = Long.compare(a.getLong(VERSION_AT), b.getLong(VERSION_AT));
    order = order != 0 ? order : Integer.compare(a.getInt(DT), b.getInt(DT));
    order = order != 0 ? order : a.getString(CONTENT_HASH).compareTo(b.getString(CONTENT_HASH));
    return order >= 0 ? a : b;
  }

  private record RecordKey(int kind, String id) {}

  private static TicketHeader header(String ticketKey, Row row) {
    Row ticket = row.getStruct(TICKET);
    return new TicketHeader(
        ticketKey,
        ticket.getString(0),
        ticket.getString(1),
        ticket.getString(2),
        ticket.getString(3),
        ticket.getString(4),
        ticket.getString(5),
        ticket.getString(6),
        ticket.getString(7),
        ticket.getString(8),
        ticket.getString(9),
        ticket.getString(10),
        ticket.getString(11),
        ticket.getString(12),
        ticket.getBoolean(13),
        ticket.getBoolean(14),
        ticket.getBoolean(15),
        longOrNull(ticket, 16),
        StatedState.of(ticket.getString(17), ticket.getString(18), longOrNull(ticket, 19)),
        ticket.getBoolean(20),
        longOrNull(ticket, 21),
        row.getLong(VERSION_AT));
  }

  private Change change(Row row) {
    Row change = row.getStruct(CHANGE);
    return new Change(
        row.getLong(AT),
        row.getLong(SEQUENCE),
        row.getString(RECORD_ID),
        change.getString(0),
        change.getString(1),
        change.getString(2),
        row.getString(PERSON_KEY),
        authorClass(row));
  }

  private Message message(Row row) {
    return new Message(
        row.getLong(AT),
        row.getLong(SEQUENCE),
        row.getString(RECORD_ID),
        row.getString(PERSON_KEY),
        authorClass(row),
        row.getBoolean(IS_PUBLIC),
        row.getBoolean(IS_FROM_MERGED),
        row.getString(CHAT_SESSION_ID),
        row.getString(LANGUAGE_CODE),
        longOrNull(row, BODY_LENGTH),
        row.isNullAt(SENTIMENT_SCORE) ? null : row.getDecimal(SENTIMENT_SCORE),
        row.getString(SENTIMENT_SCORER_CODE));
  }

  private AuthorClass authorClass(Row row) {
    return roles.classOf(row.getString(PERSON_CLASS), row.getString(PERSON_KEY), row.getLong(AT));
  }

  private static Survey survey(Row row) {
    Row survey = row.getStruct(SURVEY);
    return new Survey(
        row.getString(RECORD_ID),
        survey.getString(0),
        survey.getString(1),
        survey.getString(2),
        survey.getString(3),
        doubleOrNull(survey, 4),
        doubleOrNull(survey, 5),
        survey.getBoolean(6),
        doubleOrNull(survey, 7),
        survey.getString(8),
        longOrNull(survey, 9),
        longOrNull(survey, 10));
  }

  private static Call call(Row row) {
    Row call = row.getStruct(CALL);
    List<Call.Leg> legs = new ArrayList<>();
    if (!call.isNullAt(8)) {
      for (Row leg : call.<Row>getList(8)) {
        legs.add(
            new Call.Leg(
                leg.getString(0),
                leg.getString(1),
                leg.getLong(2),
                leg.getLong(3),
                leg.getLong(4)));
      }
    }
    return new Call(
        row.getString(RECORD_ID),
        row.getBoolean(IS_FROM_MERGED),
        call.getString(0),
        call.getString(1),
        call.getString(2),
        call.getString(3),
        row.getLong(AT),
        longOrNull(call, 4),
        longOrNull(call, 5),
        longOrNull(call, 6),
        longOrNull(call, 7),
        legs);
  }

  private static MacroUse macroUse(Row row) {
    Row use = row.getStruct(MACRO_USE);
    return new MacroUse(
        row.getString(RECORD_ID),
        use.getString(0),
        use.getString(1),
        row.getString(PERSON_KEY),
        row.getLong(AT));
  }

  /** An event that was taken back is none. */
  private static void slaEvent(Row row, List<SlaEvent> events) {
    Row event = row.getStruct(SLA_EVENT);
    if (event.getBoolean(7)) {
      return;
    }
    SlaMetric metric = SlaMetric.of(event.getString(0));
    SlaEvent.Kind kind = SlaEvent.Kind.valueOf(event.getString(2).toUpperCase(Locale.ROOT));
    SlaPolicy.Target target =
        event.isNullAt(3)
            ? null
            : new SlaPolicy.Target(
                metric, event.getString(5), event.getLong(3), event.getBoolean(4));
    events.add(
        new SlaEvent(metric, event.getInt(1), kind, row.getLong(AT), target, event.getString(6)));
  }

  private static VendorMetric vendorMetric(Row row) {
    Row metric = row.getStruct(VENDOR_METRIC);
    return new VendorMetric(
        metric.getString(0),
        metric.getString(1),
        longOrNull(metric, 2),
        metric.getLong(3),
        row.getLong(VERSION_AT));
  }

  private static Long longOrNull(Row row, int column) {
    return row.isNullAt(column) ? null : (Long) row.getLong(column);
  }

  private static Double doubleOrNull(Row row, int column) {
    return row.isNullAt(column) ? null : (Double) row.getDouble(column);
  }
}
