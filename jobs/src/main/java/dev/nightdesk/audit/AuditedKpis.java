package dev.nightdesk.audit;

import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.Fold;
import dev.nightdesk.kpi.Grain;
import dev.nightdesk.kpi.Kpi;
import dev.nightdesk.kpi.KpiCatalog;
import dev.nightdesk.kpi.Measure;
import dev.nightdesk.kpi.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The KPIs that are nothing but one measure of whole numbers, so that they must add up.
 *
 * @param catalog every pair
 * @param breakdowns those of the warehouse
 * @param delivered raw entities that a source delivers; KPIs that need others are NULL
 */
public record AuditedKpis(KpiCatalog catalog, List<Breakdown> breakdowns, Set<String> delivered) {

  public AuditedKpis {
    breakdowns = List.copyOf(breakdowns);
    delivered = Set.copyOf(delivered);
  }

  /** Additive ones of a breakdown and grain: name to the measure that it is. */
  Map<String, String> sums(Breakdown breakdown, Grain grain) {
    return of(breakdown, grain, Set.of(Fold.SUM, Fold.COUNT));
  }

  /** Levels of a breakdown and grain. */
  Map<String, String> levels(Breakdown breakdown, Grain grain) {
    return of(breakdown, grain, Set.of(Fold.RUNNING));
  }

  private Map<String, String> of(Breakdown breakdown, Grain grain, Set<Fold> folds) {
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (Topic topic : catalog.topics()) {
      if (topic.kind() == Topic.Kind.CONTRIBUTIONS) {
        topic.measures().forEach(measure -> measures.put(measure.name(), measure));
      }
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (Kpi kpi : catalog.kpis()) {
      Kpi.Formula formula = kpi.formula();
      Measure measure = measures.get(formula.numerator().strip());
      boolean isMeasure =
          measure != null
              && formula.denominator().isEmpty()
              && formula.percentile().isEmpty()
              && formula.times() == 1
              && folds.contains(measure.fold())
              && measure.type().equals(org.apache.spark.sql.types.DataTypes.LongType);
      if (isMeasure
          && kpi.isIn(breakdown)
          && kpi.grains().contains(grain)
          && delivered.containsAll(kpi.needs())) {
        names.put(kpi.name(), measure.name());
      }
    }
    return names;
  }
}
