package dev.nightdesk.update;

import java.util.List;

/** The staged logs whose records belong to one ticket for ever. */
final class StagedOfTickets {

  static final List<String> TABLES =
      List.of(
          "stg_ticket", "stg_ticket_event", "stg_message", "stg_sla_event", "stg_vendor_metric");

  private StagedOfTickets() {}
}
