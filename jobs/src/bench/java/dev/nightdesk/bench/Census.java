package dev.nightdesk.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a history holds, counted in its dumps. */
final class Census {

  private static final String MESSAGES = "message";

  private Census() {}

  /** One line for people. */
  static String of(History history) {
    String last = "dt=" + history.lastDate();
    return "%s: %,d messages in %,.1f MB; the last night: %,d messages, %,d tickets touched, %.1f MB"
        .formatted(
            history.name(),
            ofRows(history, "count(*)", "*", MESSAGES),
            Folders.bytes(history.folder()) / 1e6,
            ofRows(history, "count(*)", last, MESSAGES),
            ofRows(history, "count(DISTINCT ticket_id)", last, MESSAGES, "ticket", "ticket_event"),
            answer("SELECT sum(size) FROM read_blob('%s')".formatted(files(history, last, "*")))
                / 1e6);
  }

  private static long ofRows(History history, String what, String days, String... entities) {
    return answer(
        "SELECT %s FROM read_parquet([%s], union_by_name = true, hive_partitioning = false)"
            .formatted(
                what,
                Arrays.stream(entities)
                    .map(entity -> "'%s'".formatted(files(history, days, entity)))
                    .collect(Collectors.joining(", "))));
  }

  private static String files(History history, String days, String entity) {
    return "%s/*/%s/%s/*.parquet".formatted(history.folder(), entity, days).replace("'", "''");
  }

  private static long answer(String query) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(query)) {
      answer.next();
      return answer.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("Dumps cannot be counted: " + query, e);
    }
  }
}
