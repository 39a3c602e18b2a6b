package dev.nightdesk.bench;

import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.RawField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Dumps of JSON lines as Parquet, file by file: the columns are the fields of the contracts, typed
 * as a connector would type them. What a record lacks is null.
 */
final class ParquetDumps {

  private ParquetDumps() {}

  /**
   * Writes each entity and day of a source of type canonical.
   *
   * @param json {@code <entity>/dt=YYYY-MM-DD/*.json.gz} lie below it
   * @param parquet {@code <entity>/dt=YYYY-MM-DD/part-00000.parquet} will lie below it
   * @param threads how many files are written side by side
   */
  static void write(Path json, Path parquet, int threads) {
    List<Path> days = new ArrayList<>();
    for (Path entity : folders(json)) {
      days.addAll(folders(entity));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> shares = new ArrayList<>();
      for (int share = 0; share < threads; share++) {
        int first = share;
        shares.add(
            () -> {
              write(days, first, threads, parquet);
              return null;
            });
      }
      for (Future<Void> share : pool.invokeAll(shares)) {
        share.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Converting was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "The dumps of %s cannot be converted".formatted(json), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Every so manieth day from the first on, one after the other: a compressed file is one thread's.
   */
  private static void write(List<Path> days, int first, int every, Path parquet)
      throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '2GiB'");
      statement.execute("SET TimeZone = 'UTC'");
      for (int i = first; i < days.size(); i += every) {
        Path day = days.get(i);
        Path entity = day.getParent().getFileName();
        Path to = Files.createDirectories(parquet.resolve(entity).resolve(day.getFileName()));
        statement.execute(copy(day, columns(entity.toString()), to.resolve("part-00000.parquet")));
      }
    }
  }

  private static String copy(Path day, String columns, Path to) {
    return """
    COPY (
      SELECT * FROM read_json(%s, format = 'newline_delimited', hive_partitioning = false, columns = {%s})
    ) TO %s (FORMAT parquet, COMPRESSION zstd)\
    """
        .formatted(quoted(day.resolve("*.json.gz")), columns, quoted(to));
  }

  private static String columns(String entity) {
    return RawContract.of("canonical", entity).fields().stream()
        .map(field -> "%s: '%s'".formatted(field.name(), type(field.type())))
        .collect(Collectors.joining(", "));
  }

  /** Values of a form of their own (lists) stay JSON text. */
  private static String type(RawField.Type type) {
    return switch (type) {
      case ID, TEXT, CODE, ZONE, JSON, DURATION -> "VARCHAR";
      case INSTANT -> "TIMESTAMPTZ";
      case UNIX_SECONDS, INTEGER -> "BIGINT";
      case DATE -> "DATE";
      case NUMBER -> "DOUBLE";
      case DECIMAL -> "DECIMAL(19,4)";
      case BOOLEAN -> "BOOLEAN";
    };
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
