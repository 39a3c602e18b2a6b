package dev.nightdesk.kpi;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The catalogue as the table {@code kpi_catalog}. */
final class CatalogRows {

  private final KpiCatalog catalog;
  private final List<Breakdown> breakdowns;

  CatalogRows(KpiCatalog catalog, List<Breakdown> breakdowns) {
    this.catalog = catalog;
    this.breakdowns = breakdowns;
  }

  Dataset<Row> rows(SparkSession session, Set<String> delivered) {
    List<Row> rows = catalog.kpis().stream().map(kpi -> row(kpi, delivered)).toList();
    return session.createDataFrame(
        rows, new KpiContracts(catalog, breakdowns).of(KpiEngine.CATALOG).schema());
  }

  private Row row(Kpi kpi, Set<String> delivered) {
    Set<String> sources = new TreeSet<>();
    kpi.measures().forEach(measure -> sources.addAll(catalog.topicOf(measure).sources()));
    return RowFactory.create(
        kpi.name(),
        kpi.topic(),
        kpi.section(),
        kpi.title(),
        kpi.question(),
        kpi.formula().text(),
        kpi.unit(),
        kpi.good().code(),
        kpi.attribution(),
        kpi.agent(),
        kpi.grains().stream().map(Grain::code).toArray(String[]::new),
        breakdowns.stream().filter(kpi::isIn).map(Breakdown::code).toArray(String[]::new),
        sources.toArray(String[]::new),
        kpi.needs().stream().sorted().toArray(String[]::new),
        delivered.containsAll(kpi.needs()),
        kpi.caveats().isEmpty() ? null : kpi.caveats());
  }
}
