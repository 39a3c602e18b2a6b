package dev.nightdesk.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds a warehouse's {@code kpi_value} against the peer's {@code kpi.parquet}, cell by cell: the
 * KPIs that the peer has, at days, weeks, months and quarters, in all breakdowns.
 *
 * <p>Values are equal if they are the same double. A cell that only one side has is a difference,
 * with one exception: the warehouse has a row of 0 for a count in which nothing happened while its
 * member was there, and the peer has none.
 */
public final class Comparison {

  private static final int SHOWN = 20;

  private Comparison() {}

  /**
   * What was found.
   *
   * @param compared cells that either side has
   * @param different those that are not equal
   * @param kpis how many KPIs were compared
   * @param first the first of the different cells, one per line
   */
  public record Result(long compared, long different, long kpis, List<String> first) {

    /** Whether all cells are equal, and there are any. */
    public boolean isEqual() {
      return compared > 0 && different == 0;
    }
  }

  /**
   * Compares, and fails if anything is different.
   *
   * @param args the warehouse; the folder that the peer wrote
   */
  public static void main(String[] args) throws IOException, SQLException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Give WAREHOUSE PEER_OUTPUT.");
    }
    Result result = compare(Path.of(args[0]), Path.of(args[1]));
    print(result, System.err);
    if (!result.isEqual()) {
      System.exit(1);
    }
  }

  /** Says what was found. */
  public static void print(Result result, PrintStream report) {
    report.printf(
        Locale.ROOT,
        "%,d cells of %d KPIs compared, %,d different%n",
        result.compared(),
        result.kpis(),
        result.different());
    result.first().forEach(report::println);
  }

  /**
   * Compares.
   *
   * @param warehouse the folder of the layers
   * @param peer the folder that {@link Peer} wrote
   */
  public static Result compare(Path warehouse, Path peer) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          """
          CREATE TABLE cell AS
          SELECT kpi_code, grain_code, period_start_date, breakdown_code, member_key, ours.value AS ours, theirs.value AS theirs
          FROM (
            SELECT kpi_code, grain_code, period_start_date, breakdown_code, member_key, denominator, value
            FROM read_parquet([%s])
            WHERE grain_code <> 'hour' AND kpi_code IN (SELECT kpi_code FROM read_parquet('%s'))
          ) AS ours
          FULL JOIN read_parquet('%s') AS theirs USING (kpi_code, grain_code, period_start_date, breakdown_code, member_key)
          """
              .formatted(
                  activeFiles(warehouse.resolve("kpi/kpi_value"), statement),
                  peer.resolve("kpi_code.parquet"),
                  peer.resolve("kpi.parquet")));
      // Nothing is divided in a count; where something is, 0 is a value as any other.
      statement.execute(
          """
          CREATE TABLE difference AS
          SELECT *
          FROM cell
          WHERE ours IS DISTINCT FROM theirs
            AND NOT (ours = 0 AND theirs IS NULL AND NOT regexp_matches(kpi_code, '_(ratio|mean|p50|p90)$'))
          """);
      List<String> first = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("FROM difference ORDER BY ALL LIMIT " + SHOWN)) {
        while (rows.next()) {
          first.add(
              "%s, %s of %s, %s %s: warehouse %s, peer %s"
                  .formatted(
                      rows.getString(1),
                      rows.getString(2),
                      rows.getString(3),
                      rows.getString(4),
                      rows.getString(5),
                      rows.getString(6),
                      rows.getString(7)));
        }
      }
      return new Result(
          number("SELECT count(*) FROM cell", statement),
          number("SELECT count(*) FROM difference", statement),
          number(
              "SELECT count(*) FROM read_parquet('%s')".formatted(peer.resolve("kpi_code.parquet")),
              statement),
          first);
    }
  }

  private static long number(String sql, Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * The data files of a Delta table as it is now, as a list of SQL texts: what its log added and
   * did not remove. The warehouse uses no reader feature, so that these files are the rows.
   */
  private static String activeFiles(Path table, Statement statement)
      throws IOException, SQLException {
    Path log = table.resolve("_delta_log");
    if (!Files.exists(log.resolve("00000000000000000000.json"))) {
      throw new IOException(
          "%s does not begin with its first commit: the log cannot be replayed from JSON alone."
              .formatted(log));
    }
    List<String> files = new ArrayList<>();
    try (ResultSet paths =
        statement.executeQuery(
            """
            SELECT coalesce("add".path, remove.path) AS path
            FROM read_json('%s/*.json', format = 'newline_delimited', filename = true, maximum_object_size = 268435456,
              columns = {'add': 'STRUCT(path VARCHAR)', 'remove': 'STRUCT(path VARCHAR)'})
            WHERE "add" IS NOT NULL OR remove IS NOT NULL
            GROUP BY ALL
            HAVING arg_max("add" IS NOT NULL, filename)
            """
                .formatted(log))) {
      while (paths.next()) {
        files.add("'" + table.resolve(decoded(paths.getString(1))) + "'");
      }
    }
    return String.join(", ", files);
  }

  private static String decoded(String path) {
    return java.net.URI.create(path).getPath();
  }
}
