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

  /**
   * Reads the catalogue.
   *
   * @throws NightdeskException with the exit code of a configuration error if a yardstick names
   *     what there is not
   */
  static Kpis of(NightdeskConfig config) {
    KpiCatalog catalog = KpiCatalog.bundled();
    List<Breakdown> breakdowns = Breakdown.with(config.extraBreakdowns());
    try {
      catalog.refuseUnknown(config.definitions().yardsticks(), breakdowns);
    } catch (IllegalArgumentException e) {
      throw NightdeskException.usage(e.getMessage());
    }
    return new Kpis(
        catalog,
        breakdowns,
        new KpiEngine(catalog, breakdowns),
        new KpiContracts(catalog, breakdowns));
  }
}
