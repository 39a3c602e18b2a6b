package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.contract.ColumnChecks.Reference;
import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.table.Unions;
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

  /** How many different values of each naming column are not found: one scan of each table. */
  private Map<String, Long> missing(Map<String, List<Naming>> byTarget) {
    if (byTarget.isEmpty()) {
      return Map.of();
    }
    Map<String, List<Naming>> byTable = new LinkedHashMap<>();
    byTarget.values().stream()
        .flatMap(List::stream)
        .forEach(
            naming ->
                byTable
                    .computeIfAbsent(naming.table().table(), table -> new ArrayList<>())
                    .add(naming));
    Dataset<Row> named = Unions.of(byTable.values().stream().map(this::named).toList()).distinct();
    Dataset<Row> present =
        Unions.of(
            byTarget.values().stream()
                .map(namings -> namings.get(0).reference())
                .map(reference -> targets(reference).withColumn("target", lit(reference.target())))
                .toList());
    Map<String, Long> missing = new HashMap<>();
    named
        .join(present, new String[] {"hash", "target"}, "left_anti")
        .groupBy("naming")
        .count()
        .collectAsList()
        .forEach(row -> missing.put(row.getString(0), row.getLong(1)));
    return missing;
  }

  /** What the rows of a table name, once for each of its columns. */
  private Dataset<Row> named(List<Naming> namings) {
    List<Column> values = new ArrayList<>();
    for (Naming naming : namings) {
      Column value = col(naming.column().name());
      Column names =
          naming.reference().where().isEmpty()
              ? value.isNotNull()
              : value.isNotNull().and(expr(naming.reference().where()));
      values.add(
          struct(
              lit(naming.name()).as("naming"),
              lit(naming.reference().target()).as("target"),
              when(names, xxhash64(value)).as("hash")));
    }
    return tables
        .written(namings.get(0).table())
        .select(explode(array(values.toArray(Column[]::new))).as("named"))
        .select("named.naming", "named.target", "named.hash")
        .filter(col("hash").isNotNull());
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
