package dev.nightdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether two warehouses hold the same rows, by a sum of hashes per table: rows have no order, and
 * tens of millions of them fit no list.
 *
 * @param ours reads the tables
 */
record TableSums(Ours ours) {

  private static final List<String> LAYERS = List.of("dim", "fact", "kpi");

  /** Which night restated a figure depends on how many nights there were. */
  private static final Set<String> OF_NIGHTS = Set.of("kpi_restatement");

  /**
   * Compares two warehouses of the same history.
   *
   * @return how many tables there are
   * @throws FailedRun if a table differs, with the rows and sums of both
   */
  int requireSame(History history, Path expected, Path actual, String run) {
    List<String> one = sums(history, expected, run + "-expected");
    List<String> other = sums(history, actual, run + "-actual");
    if (!one.equals(other)) {
      List<String> missing = one.stream().filter(line -> !other.contains(line)).toList();
      List<String> surplus = other.stream().filter(line -> !one.contains(line)).toList();
      throw new FailedRun(
          "the tables of %s and %s differ (table, rows, sum of hashes): %s are not %s"
              .formatted(expected.getFileName(), actual.getFileName(), missing, surplus));
    }
    return one.size();
  }

  private List<String> sums(History history, Path warehouse, String run) {
    String query =
        tables(warehouse).stream()
            .map(
                table ->
                    """
                    SELECT '%1$s' AS table_name, count(*) AS row_count,
                      sum(CAST(xxhash64(to_json(struct(*))) AS DECIMAL(38, 0))) AS hash_sum FROM %1$s\
                    """
                        .formatted(table))
            .collect(Collectors.joining("\nUNION ALL\n"));
    Child sql = ours.sql(history, warehouse, query, run);
    sql.run();
    List<String> lines =
        sql.told(Integer.MAX_VALUE)
            .lines()
            .dropWhile(line -> !isTitle(line))
            .skip(1)
            .sorted()
            .toList();
    if (lines.isEmpty()) {
      throw new FailedRun("no table of %s was read, see %s".formatted(warehouse, sql.log()));
    }
    return lines;
  }

  private static boolean isTitle(String line) {
    return line.startsWith("table_name,");
  }

  private static Set<String> tables(Path warehouse) {
    Set<String> tables = new TreeSet<>();
    for (String layer : LAYERS) {
      try (Stream<Path> found = Files.list(warehouse.resolve(layer))) {
        found.map(table -> table.getFileName().toString()).forEach(tables::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    tables.removeAll(OF_NIGHTS);
    return tables;
  }
}
