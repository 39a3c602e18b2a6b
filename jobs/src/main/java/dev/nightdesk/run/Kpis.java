package dev.nightdesk.run;

import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.KpiCatalog;
import dev.nightdesk.kpi.KpiContracts;
import dev.nightdesk.kpi.KpiEngine;
import java.util.List;

/**
 * The KPIs of a configured warehouse.
 *
 * @param catalog all pairs
 * @param breakdowns the usual ones and those that the configuration adds
 * @param engine folds the pairs
 * @param contracts of the tables that it makes
 */
record Kpis(
    KpiCatalog catalog, List<Breakdown> breakdowns, KpiEngine engine, KpiContracts contracts) {

  static Kpis of(NightdeskConfig config) {
    KpiCatalog catalog = KpiCatalog.bundled();
    List<Breakdown> breakdowns = Breakdown.with(config.extraBreakdowns());
    return new Kpis(
        catalog,
        breakdowns,
        new KpiEngine(catalog, breakdowns),
        new KpiContracts(catalog, breakdowns));
  }
}
