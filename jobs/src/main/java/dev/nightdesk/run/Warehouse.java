package dev.nightdesk.run;

import dev.nightdesk.dim.DimAgent;
import dev.nightdesk.dim.DimChannel;
import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.dim.DimDate;
import dev.nightdesk.dim.DimMacro;
import dev.nightdesk.dim.DimTicketType;
import dev.nightdesk.fact.FactAgentShift;
import dev.nightdesk.fact.FactBacklogChange;
import dev.nightdesk.fact.FactCall;
import dev.nightdesk.fact.FactCallLeg;
import dev.nightdesk.fact.FactConversion;
import dev.nightdesk.fact.FactMacroUse;
import dev.nightdesk.fact.FactMessage;
import dev.nightdesk.fact.FactOrder;
import dev.nightdesk.fact.FactResolution;
import dev.nightdesk.fact.FactResponse;
import dev.nightdesk.fact.FactSelfServiceSession;
import dev.nightdesk.fact.FactSla;
import dev.nightdesk.fact.FactSocialMention;
import dev.nightdesk.fact.FactSurvey;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.fact.FactTicketStatus;
import dev.nightdesk.fact.ReconciliationTicket;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.table.Table;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of contents: every table of the warehouse, in the order in which a night makes them.
 */
final class Warehouse {

  /** Logs of record versions, filled by the mapping SQL of the sources. */
  static final List<String> STAGED =
      List.of(
          "stg_ticket",
          "stg_ticket_event",
          "stg_message",
          "stg_survey",
          "stg_agent",
          "stg_customer",
          "stg_schedule",
          "stg_schedule_holiday",
          "stg_sla_policy",
          "stg_call",
          "stg_call_leg",
          "stg_order",
          "stg_agent_shift",
          "stg_macro",
          "stg_macro_use",
          "stg_sla_event",
          "stg_vendor_metric",
          "stg_social_mention",
          "stg_self_service_session");

  /** Rows between the staged logs and the tables: one pass over the history of every ticket. */
  static final List<Table> WORK = List.of(new TicketHistory());

  /** Who, what and when. */
  static final List<Table> DIMS =
      List.of(
          new DimCustomer(),
          new DimAgent(),
          new DimTicketType(),
          new DimChannel(),
          new DimDate(),
          new DimMacro());

  /**
   * What happened. The first are made one of the other, so that they begin first and the others
   * fill the time.
   */
  static final List<Table> FACTS =
      List.of(
          new FactOrder(),
          new FactConversion(),
          new FactTicket(),
          new FactResolution(),
          new FactResponse(),
          new FactMessage(),
          new FactCall(),
          new FactCallLeg(),
          new FactMacroUse(),
          new FactTicketStatus(),
          new FactBacklogChange(),
          new FactSla(),
          new ReconciliationTicket(),
          new FactSurvey(),
          new FactSocialMention(),
          new FactSelfServiceSession(),
          new FactAgentShift());

  /** What the runs did. */
  static final List<String> OPERATIONS =
      List.of(
          "publication", "run", "ingested_file", "rejected_row", "audit_result", "kpi_restatement");

  private Warehouse() {}

  /** Dimensions and facts: made of the staged logs, of the history, and of those before them. */
  static List<Table> dimsAndFacts() {
    return Stream.concat(DIMS.stream(), FACTS.stream()).toList();
  }
}
