package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.TableContract.Layer;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.logic.LatestPerKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whether two warehouses hold the same rows: {@code exceptAll} both ways, at the cost of a scan.
 *
 * <p>Of staged logs the newest versions are compared, because a night that reads a file twice adds
 * rows that nobody sees. Tables of the layer operations say what runs did, and differ.
 */
final class TableDifferences {

  private static final String COPIES = "_copies";
  private static final int SHOWN = 3;

  private final List<TableContract> contracts;
  private final Reader expected;
  private final CompletableFuture<Map<String, Row>> expectedSums;

  /**
   * @param contracts the tables to compare
   * @param expected what they should hold
   */
  TableDifferences(List<TableContract> contracts, Reader expected) {
    this.contracts =
        contracts.stream().filter(contract -> contract.layer() != Layer.OPERATIONS).toList();
    this.expected = expected;
    // Beside those of the other side: this is planning, on one thread.
    this.expectedSums = CompletableFuture.supplyAsync(() -> sums(this.contracts, expected));
  }

  /** The tables that differ. */
  List<TableContract> tablesUnlike(Reader actual) {
    return tablesUnlike(contracts, actual);
  }

  /** Those of some of the tables that differ. */
  List<TableContract> tablesUnlike(List<TableContract> compared, Reader actual) {
    Map<String, Row> actualSums = sums(compared, actual);
    Map<String, Row> sums = expectedSums.join();
    return compared.stream()
        .filter(
            contract ->
                !Objects.equals(sums.get(contract.table()), actualSums.get(contract.table())))
        .toList();
  }

  /**
   * What differs, in words: per table the number of keys whose rows one side has more often, and
   * some of them with the columns that differ.
   */
  Map<String, String> inWords(Reader actual) {
    Map<String, String> words = new LinkedHashMap<>();
    for (TableContract contract : tablesUnlike(actual)) {
      words.put(
          contract.table(),
          inWords(contract, differing(expected.read(contract), actual.read(contract))));
    }
    return words;
  }

  /** Tables as they are, of staged logs the newest versions. */
  static Reader reader(NightTables tables) {
    return contract ->
        contract.layer() == Layer.STAGED ? newest(tables, contract) : tables.now(contract);
  }

  private static Dataset<Row> newest(NightTables tables, TableContract contract) {
    List<String> key =
        contract.key().stream()
            .filter(column -> !Set.of("version_at", "dt", "content_hash").contains(column))
            .toList();
    return LatestPerKey.of(Staging.live(tables, contract.table()), key.toArray(String[]::new))
        // A content that a path has again counts by a new id.
        .drop("file_id");
  }

  /** Reads a table of one of the two warehouses. */
  @FunctionalInterface
  interface Reader {
    Dataset<Row> read(TableContract contract);
  }

  /**
   * Number of rows and sum of their hashes, per table that has rows: one job over all tables,
   * because nearly always nothing differs.
   */
  private static Map<String, Row> sums(List<TableContract> contracts, Reader reader) {
    Map<String, Row> sums = new HashMap<>();
    for (Row row :
        together(
                contracts.stream()
                    .map(contract -> hashes(contract.table(), reader.read(contract)))
                    .toList())
            .groupBy("_table")
            .agg(count(lit(1)), sum("_hash"))
            .collectAsList()) {
      sums.put(row.getString(0), row);
    }
    return sums;
  }

  /** By halves: one by one every union is planned with all that came before it. */
  private static Dataset<Row> together(List<Dataset<Row>> all) {
    int half = all.size() / 2;
    return half == 0
        ? all.get(0)
        : together(all.subList(0, half)).union(together(all.subList(half, all.size())));
  }

  private static Dataset<Row> hashes(String table, Dataset<Row> rows) {
    List<Column> values = new ArrayList<>();
    for (String name : rows.columns()) {
      values.add(col(name));
      // A hash passes over nulls, so that a value could move to the next column.
      values.add(col(name).isNull());
    }
    return rows.select(
        lit(table).as("_table"),
        xxhash64(values.toArray(Column[]::new)).cast("decimal(38,0)").as("_hash"));
  }

  private static List<Row> differing(Dataset<Row> expected, Dataset<Row> actual) {
    Column[] columns =
        Arrays.stream(expected.columns()).map(name -> col(name)).toArray(Column[]::new);
    return expected
        .withColumn(COPIES, lit(1))
        .unionByName(actual.withColumn(COPIES, lit(-1)))
        .groupBy(columns)
        .agg(sum(COPIES).as(COPIES))
        .filter(not(col(COPIES).equalTo(0)))
        .collectAsList();
  }

  private static String inWords(TableContract contract, List<Row> rows) {
    Map<String, List<Row>> byKey = new LinkedHashMap<>();
    for (Row row : rows) {
      byKey
          .computeIfAbsent(
              contract.key().stream()
                  .map(column -> String.valueOf(row.<Object>getAs(column)))
                  .collect(Collectors.joining(" ")),
              key -> new ArrayList<>())
          .add(row);
    }
    List<String> keys = byKey.keySet().stream().sorted().limit(SHOWN).toList();
    return "%s: %d keys differ (%s)"
        .formatted(
            contract.table(),
            byKey.size(),
            keys.stream()
                .map(key -> "[" + key + "] " + inWords(contract.columns(), byKey.get(key)))
                .collect(Collectors.joining("; ")));
  }

  private static String inWords(List<ColumnContract> columns, List<Row> rows) {
    Row expected = null;
    Row actual = null;
    for (Row row : rows) {
      if (row.<Long>getAs(COPIES) > 0) {
        expected = row;
      } else {
        actual = row;
      }
    }
    if (expected == null || actual == null || rows.size() > 2) {
      return (expected == null ? "too many: " : "missing: ") + rows.get(0);
    }
    List<String> words = new ArrayList<>();
    for (ColumnContract column : columns) {
      Object one = expected.getAs(column.name());
      Object other = actual.getAs(column.name());
      if (!Objects.equals(one, other)) {
        words.add("%s expected %s found %s".formatted(column.name(), one, other));
      }
    }
    return String.join(", ", words);
  }
}
