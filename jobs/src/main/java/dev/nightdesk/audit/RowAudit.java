package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.audit.RowPromises.Promise;
import dev.nightdesk.contract.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds the rows that a night wrote against what their contracts promise of single rows and of
 * keys: two aggregates a table, one job for all tables.
 */
final class RowAudit {

  private static final String ROWS = "rows";
  private static final String KEYS = "keys";

  private final AuditedTables tables;

  RowAudit(AuditedTables tables) {
    this.tables = tables;
  }

  List<AuditResult> results() {
    Map<String, TableContract> contracts = new LinkedHashMap<>();
    tables.changed().forEach(contract -> contracts.put(contract.table(), contract));
    Dataset<Row> counts = null;
    for (TableContract contract : contracts.values()) {
      Dataset<Row> written = tables.written(contract);
      Dataset<Row> both = broken(contract, written);
      if (!contract.key().isEmpty()) {
        both = both.union(repeatedKeys(contract, written));
      }
      counts = counts == null ? both : counts.union(both);
    }
    if (counts == null) {
      return List.of();
    }
    List<AuditResult> results = new ArrayList<>();
    for (Row row : counts.collectAsList()) {
      TableContract contract = contracts.get(row.getString(0));
      List<Long> numbers = row.getList(2);
      if (row.getString(1).equals(ROWS)) {
        results.addAll(ofRows(contract, numbers));
      } else {
        results.add(ofKeys(contract, numbers.get(0)));
      }
    }
    return results;
  }

  /** One row: how many rows there are, and how many of them break each promise. */
  private static Dataset<Row> broken(TableContract contract, Dataset<Row> written) {
    List<Column> numbers = new ArrayList<>(List.of(count(lit(1))));
    RowPromises.of(contract).forEach(promise -> numbers.add(count_if(promise.isBroken())));
    return written
        .agg(array(numbers.toArray(Column[]::new)).as("numbers"))
        .select(lit(contract.table()), lit(ROWS), col("numbers"));
  }

  /**
   * One row: how many keys occur twice. Hashes travel in place of keys; what they confuse is looked
   * at again before it counts.
   */
  private static Dataset<Row> repeatedKeys(TableContract contract, Dataset<Row> written) {
    return written
        .groupBy(xxhash64(key(contract)).as("hash"))
        .count()
        .agg(array(count_if(col("count").gt(1))).as("numbers"))
        .select(lit(contract.table()), lit(KEYS), col("numbers"));
  }

  private List<AuditResult> ofRows(TableContract contract, List<Long> numbers) {
    List<Promise> promises = RowPromises.of(contract);
    Map<Rule, List<AuditResult>> failed = new LinkedHashMap<>();
    for (int i = 0; i < promises.size(); i++) {
      Promise promise = promises.get(i);
      failed.computeIfAbsent(promise.rule(), rule -> new ArrayList<>());
      long broken = numbers.get(i + 1);
      if (broken > 0) {
        failed
            .get(promise.rule())
            .add(
                AuditResult.failed(
                    promise.rule(),
                    contract.table(),
                    promise.column(),
                    promise.expected(),
                    example(contract, promise, broken)));
      }
    }
    List<AuditResult> results = new ArrayList<>();
    failed.forEach(
        (rule, failures) -> {
          if (failures.isEmpty()) {
            results.add(
                AuditResult.passed(
                    rule, contract.table(), "no row that breaks it", "none of " + numbers.get(0)));
          }
          results.addAll(failures);
        });
    return results;
  }

  private String example(TableContract contract, Promise promise, long broken) {
    Row row = tables.written(contract).filter(promise.isBroken()).first();
    return "%s in %d rows, such as %s"
        .formatted(
            String.valueOf(row.<Object>getAs(promise.column())), broken, keyOf(contract, row));
  }

  private AuditResult ofKeys(TableContract contract, long suspects) {
    List<Row> repeated =
        suspects == 0
            ? List.of()
            : tables
                .written(contract)
                .groupBy(key(contract))
                .count()
                .filter(col("count").gt(1))
                .limit(1)
                .collectAsList();
    String segment = String.join(", ", contract.key());
    return repeated.isEmpty()
        ? AuditResult.passed(Rule.KEY_UNIQUE, contract.table(), "one row a key", "one row a key")
        : AuditResult.failed(
            Rule.KEY_UNIQUE,
            contract.table(),
            segment,
            "one row a key",
            "%d rows of %s, %d keys like it"
                .formatted(
                    repeated.get(0).<Long>getAs("count"),
                    keyOf(contract, repeated.get(0)),
                    suspects));
  }

  private static String keyOf(TableContract contract, Row row) {
    return contract.key().stream()
        .map(name -> String.valueOf(row.<Object>getAs(name)))
        .collect(Collectors.joining(", "));
  }

  private static Column[] key(TableContract contract) {
    return Arrays.stream(contract.key().toArray(String[]::new))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}
