package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.contract.ColumnChecks.Reference;
import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.TableContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Looks up what the written rows name in other tables: one scan of each named table, whatever names
 * it, and one job in all.
 *
 * <p>Hashes travel in place of keys. Two keys of one hash among those of a warehouse are less
 * likely than a broken disk.
 */
final class ReferenceAudit {

  private final AuditedTables tables;
  private final Function<String, TableContract> contracts;

  /**
   * @param contracts the contract of a table by its name
   */
  ReferenceAudit(AuditedTables tables, Function<String, TableContract> contracts) {
    this.tables = tables;
    this.contracts = contracts;
  }

  private record Naming(TableContract table, ColumnContract column, Reference reference) {

    String name() {
      return table.table() + "." + column.name();
    }
  }

  List<AuditResult> results() {
    Map<String, List<Naming>> byTarget = new LinkedHashMap<>();
    for (TableContract table : tables.changed()) {
      for (ColumnContract column : table.columns()) {
        column
            .checks()
            .reference()
            .ifPresent(
                reference ->
                    byTarget
                        .computeIfAbsent(reference.target(), target -> new ArrayList<>())
                        .add(new Naming(table, column, reference)));
      }
    }
    Map<String, Long> missing = missing(byTarget);
    List<AuditResult> results = new ArrayList<>();
    byTarget.values().stream()
        .flatMap(List::stream)
        .forEach(naming -> results.add(result(naming, missing.getOrDefault(naming.name(), 0L))));
    return results;
  }

  /** How many different values of each naming column are not found. */
  private Map<String, Long> missing(Map<String, List<Naming>> byTarget) {
    Dataset<Row> all = null;
    for (List<Naming> namings : byTarget.values()) {
      Dataset<Row> named = null;
      for (Naming naming : namings) {
        Dataset<Row> values =
            naming(naming)
                .select(lit(naming.name()).as("naming"), hash(naming.column().name()))
                .distinct();
        named = named == null ? values : named.union(values);
      }
      Dataset<Row> lost =
          named
              .join(targets(namings.get(0).reference()), "hash", "left_anti")
              .groupBy("naming")
              .count();
      all = all == null ? lost : all.union(lost);
    }
    Map<String, Long> missing = new HashMap<>();
    if (all != null) {
      all.collectAsList().forEach(row -> missing.put(row.getString(0), row.getLong(1)));
    }
    return missing;
  }

  private AuditResult result(Naming naming, long missing) {
    String expected = "every value in " + naming.reference().target();
    if (missing == 0) {
      return new AuditResult(
          Rule.REFERENCE,
          naming.table().table(),
          naming.column().name(),
          true,
          expected,
          "every value");
    }
    Row lost =
        naming(naming)
            .withColumn("hash", hash(naming.column().name()))
            .join(targets(naming.reference()), "hash", "left_anti")
            .first();
    return AuditResult.failed(
        Rule.REFERENCE,
        naming.table().table(),
        naming.column().name(),
        expected,
        "%d values that are not, such as %s"
            .formatted(missing, lost.<Object>getAs(naming.column().name())));
  }

  private Dataset<Row> naming(Naming naming) {
    Dataset<Row> rows =
        tables.written(naming.table()).filter(col(naming.column().name()).isNotNull());
    return naming.reference().where().isEmpty()
        ? rows
        : rows.filter(expr(naming.reference().where()));
  }

  private Dataset<Row> targets(Reference reference) {
    return tables.whole(contracts.apply(reference.table())).select(hash(reference.column()));
  }

  private static Column hash(String column) {
    return xxhash64(col(column)).as("hash");
  }
}
