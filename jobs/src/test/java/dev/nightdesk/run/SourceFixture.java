package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.RawContract;
import dev.nightdesk.io.RawArea;
import dev.nightdesk.io.RawFile;
import dev.nightdesk.run.Deliveries.Delivery;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The dumps of a type of source, as its mapping stages them; nothing is written.
 *
 * @param dumps what the configuration's raw area holds
 * @param read staged entities that somebody asked for, to be read once
 */
record SourceFixture(Inspection dumps, Map<String, Dataset<Row>> read) {

  private static final Path SOURCES = Path.of("../fixtures/sources").toAbsolutePath().normalize();

  /** The dumps below {@code fixtures/sources/<name>}, by the configuration beside them. */
  static SourceFixture of(SparkSession spark, String name) {
    return at(spark, SOURCES.resolve(name).resolve("nightdesk.yaml"));
  }

  /** The dumps that a configuration names. */
  static SourceFixture at(SparkSession spark, Path configuration) {
    NightdeskConfig config =
        NightdeskConfig.of(
            Settings.read(configuration, Map.of(), Map.of()), configuration.getParent());
    RawArea raw = new RawArea(config.raw(), spark.sparkContext().hadoopConfiguration());
    Map<Deliveries.Feed, Map<RawFile, String>> files = new LinkedHashMap<>();
    for (SourceConfig source : config.sources()) {
      source
          .entities()
          .forEach(
              (entity, supply) -> {
                Map<RawFile, String> found = new TreeMap<>(Comparator.comparing(RawFile::path));
                raw.list(source.name(), entity, supply.folder(), null)
                    .forEach(file -> found.put(file, raw.fileId(file)));
                files.put(
                    new Deliveries.Feed(source, RawContract.of(source.type(), entity)), found);
              });
    }
    List<Delivery> deliveries =
        files.entrySet().stream()
            .map(entry -> new Delivery(entry.getKey(), entry.getValue(), Map.of(), Set.of()))
            .toList();
    return new SourceFixture(Inspection.of(spark, deliveries), new HashMap<>());
  }

  /**
   * All versions that the dumps hold of a staged entity, from every raw entity that maps to it.
   *
   * @param entity without {@code stg_}
   * @return null if nothing maps to it
   */
  Dataset<Row> staged(String entity) {
    return read.computeIfAbsent(entity, this::readStaged);
  }

  private Dataset<Row> readStaged(String entity) {
    Dataset<Row> rows = null;
    for (Map.Entry<Delivery, Dataset<Row>> entry : dumps.typed().entrySet()) {
      Deliveries.Feed feed = entry.getKey().feed();
      if (feed.contract().mappings().containsKey(entity)) {
        Dataset<Row> staged =
            feed.mapping().staged(entry.getValue(), entity, Contracts.of("stg_" + entity));
        rows = rows == null ? staged : rows.unionByName(staged);
      }
    }
    return rows == null
        ? null
        : rows.sparkSession().createDataFrame(rows.collectAsList(), rows.schema());
  }

  /**
   * Why records were refused, with the values that are quoted; a record with several has them all.
   */
  List<String> reasons() {
    return dumps.refused().values().stream()
        .flatMap(refused -> refused.collectAsList().stream())
        .map(row -> String.join("; ", row.<String>getList(row.fieldIndex("reasons"))))
        .sorted()
        .toList();
  }

  /** Staged rows as texts: the columns, parted by blanks, in order; null is {@code -}. */
  List<String> rows(String entity, String... columns) {
    return texts(staged(entity), columns);
  }

  /** Rows as {@link #rows} shows them. */
  static List<String> texts(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream()
        .map(
            row -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < row.length(); i++) {
                text.append(i == 0 ? "" : " ").append(row.isNullAt(i) ? "-" : row.get(i));
              }
              return text.toString();
            })
        .sorted()
        .toList();
  }
}
