package dev.nightdesk.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Nightdesk is measured against, and held to: the same dumps, read by hand-written DuckDB SQL
 * into the same facts and KPIs, as Parquet.
 *
 * <p>The SQL lies in {@code peer/NN_name.sql} and runs in this order. It is for dumps of one source
 * of type canonical whose ids are whole numbers, as {@code nightdesk generate} makes them, and
 * knows their configuration; refused records are not its business. It shares no code with
 * Nightdesk, so that equal numbers mean something.
 */
public final class Peer {

  /** Fields of the raw entities, as the contracts of {@code schemas/raw/canonical} name them. */
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "ticket",
          List.of(
              "ticket_id BIGINT",
              "created_at TIMESTAMP",
              "updated_at TIMESTAMP",
              "requester_id BIGINT",
              "opened_by_id BIGINT",
              "direction VARCHAR",
              "type VARCHAR",
              "channel VARCHAR",
              "priority VARCHAR",
              "brand VARCHAR",
              "team VARCHAR",
              "schedule_id BIGINT",
              "follow_up_of_id BIGINT",
              "merged_into_id BIGINT",
              "is_spam BOOLEAN",
              "is_deleted BOOLEAN",
              "is_sample BOOLEAN"),
          "ticket_event",
          List.of(
              "event_id BIGINT",
              "ticket_id BIGINT",
              "occurred_at TIMESTAMP",
              "updated_at TIMESTAMP",
              "sequence INTEGER",
              "event_type VARCHAR",
              "previous_value VARCHAR",
              "new_value VARCHAR",
              "actor_id BIGINT",
              "actor_class VARCHAR"),
          "message",
          List.of(
              "message_id BIGINT",
              "ticket_id BIGINT",
              "sent_at TIMESTAMP",
              "updated_at TIMESTAMP",
              "sequence INTEGER",
              "author_id BIGINT",
              "author_class VARCHAR",
              "is_public BOOLEAN",
              "is_failed BOOLEAN",
              "is_deleted BOOLEAN",
              "chat_session_id BIGINT",
              "language VARCHAR",
              "sentiment_score DECIMAL(5,4)",
              "body VARCHAR"),
          "survey",
          List.of(
              "survey_id BIGINT",
              "ticket_id BIGINT",
              "customer_id BIGINT",
              "agent_id BIGINT",
              "kind VARCHAR",
              "scale_min DOUBLE",
              "scale_max DOUBLE",
              "direction VARCHAR",
              "score VARCHAR",
              "sent_at TIMESTAMP",
              "answered_at TIMESTAMP",
              "updated_at TIMESTAMP"),
          "agent",
          List.of(
              "agent_id BIGINT",
              "name VARCHAR",
              "team VARCHAR",
              "role VARCHAR",
              "roles JSON",
              "left_at TIMESTAMP",
              "updated_at TIMESTAMP"),
          "customer",
          List.of(
              "customer_id BIGINT",
              "email VARCHAR",
              "phone VARCHAR",
              "created_at TIMESTAMP",
              "updated_at TIMESTAMP"),
          "schedule",
          List.of(
              "schedule_id BIGINT",
              "name VARCHAR",
              "time_zone VARCHAR",
              "is_default BOOLEAN",
              "valid_from TIMESTAMP",
              "weekly_hours JSON",
              "holidays JSON",
              "updated_at TIMESTAMP"),
          "call",
          List.of(
              "call_id BIGINT",
              "ticket_id BIGINT",
              "customer_id BIGINT",
              "direction VARCHAR",
              "started_at TIMESTAMP",
              "queued_at TIMESTAMP",
              "answered_at TIMESTAMP",
              "abandoned_at TIMESTAMP",
              "ended_at TIMESTAMP",
              "legs JSON",
              "updated_at TIMESTAMP"),
          "order",
          List.of(
              "order_id BIGINT",
              "customer_id BIGINT",
              "email VARCHAR",
              "phone VARCHAR",
              "created_at TIMESTAMP",
              "cancelled_at TIMESTAMP",
              "financial_status VARCHAR",
              "is_test BOOLEAN",
              "total_amount DECIMAL(19,4)",
              "currency VARCHAR",
              "refunds JSON",
              "updated_at TIMESTAMP"));

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Path dumps;
  private final Path output;
  private final LocalDate lastDate;
  private final Statement statement;
  private final Map<String, String> sql = new LinkedHashMap<>();

  private Peer(Path dumps, Path output, LocalDate lastDate, Statement statement) {
    this.dumps = dumps;
    this.output = output;
    this.lastDate = lastDate;
    this.statement = statement;
  }

  /**
   * Runs the peer.
   *
   * @param args the folder that holds {@code helpdesk/<entity>/dt=YYYY-MM-DD}; the folder to write
   *     to; how many threads; how much memory, like 4GB; optionally the last date whose dumps count
   */
  public static void main(String[] args) throws IOException, SQLException {
    if (args.length < 4 || args.length > 5) {
      throw new IllegalArgumentException("Give DUMPS OUTPUT THREADS MEMORY [LAST_DATE].");
    }
    run(
        Path.of(args[0]),
        Path.of(args[1]),
        Integer.parseInt(args[2]),
        args[3],
        args.length == 5 ? Optional.of(LocalDate.parse(args[4])) : Optional.empty(),
        System.err);
  }

  /**
   * Reads the dumps and writes facts and KPIs.
   *
   * @param lastDate dumps after it do not count; absent: all do
   * @param report where seconds per file are told
   * @return seconds per SQL file, in their order
   */
  public static Map<String, Double> run(
      Path dumps,
      Path output,
      int threads,
      String memory,
      Optional<LocalDate> lastDate,
      PrintStream report)
      throws IOException, SQLException {
    Files.createDirectories(output);
    Path database = output.resolve("peer.duckdb");
    Files.deleteIfExists(database);
    Properties settings = new Properties();
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("memory_limit", memory);
    settings.setProperty("temp_directory", output.resolve("spilled").toString());
    settings.setProperty("preserve_insertion_order", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    Path source = dumps.resolve("helpdesk");
    LocalDate last = lastDate.orElse(LocalDate.MAX);
    LocalDate latest =
        files(source, FIELDS.keySet(), last)
            .map(Peer::dateOf)
            .max(LocalDate::compareTo)
            .orElseThrow(() -> new IllegalArgumentException("There are no dumps in " + source));
    Map<String, Double> seconds = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database, settings);
        Statement statement = connection.createStatement()) {
      Peer peer = new Peer(source, output, latest, statement);
      peer.measure("raw", peer::readRaw, seconds, report);
      for (Map.Entry<String, String> file : sqlFiles().entrySet()) {
        peer.sql.put(file.getKey(), file.getValue().replace("${output}", output.toString()));
      }
      peer.createFolders();
      peer.runAll(seconds, report);
    } finally {
      Files.deleteIfExists(database);
      delete(output.resolve("work"));
    }
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    report.printf(Locale.ROOT, "%-24s %8.2f s%n", "together", all);
    return seconds;
  }

  /**
   * Runs the files in their order; those that end in {@code .each.sql} follow each other, once per
   * shard of tickets.
   */
  private void runAll(Map<String, Double> seconds, PrintStream report)
      throws SQLException, IOException {
    List<String> names = List.copyOf(sql.keySet());
    for (int next = 0; next < names.size(); ) {
      int end = next + 1;
      if (isPerShard(names.get(next))) {
        while (isPerShard(names.get(end))) {
          end++;
        }
        for (String[] shard : shards()) {
          for (String name : names.subList(next, end)) {
            String text =
                sql.get(name)
                    .replace("${shard}", shard[0])
                    .replace("${first_ticket}", shard[1])
                    .replace("${last_ticket}", shard[2]);
            measure(name, () -> statement.execute(text), seconds, report);
          }
        }
      } else {
        String text = sql.get(names.get(next));
        measure(names.get(next), () -> statement.execute(text), seconds, report);
      }
      next = end;
    }
  }

  private static boolean isPerShard(String name) {
    return name.endsWith(".each.sql");
  }

  /** Number, first and last ticket of each shard. */
  private List<String[]> shards() throws SQLException {
    List<String[]> shards = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("SELECT number, first_ticket, last_ticket FROM shard ORDER BY 1")) {
      while (rows.next()) {
        shards.add(new String[] {rows.getString(1), rows.getString(2), rows.getString(3)});
      }
    }
    return shards;
  }

  /** The folders that the SQL writes into; what an earlier run left in them goes. */
  private void createFolders() throws IOException {
    Pattern folder = Pattern.compile(Pattern.quote("TO '" + output) + "/(\\S+)/[^/]+[.]parquet'");
    for (String text : sql.values()) {
      Matcher named = folder.matcher(text);
      while (named.find()) {
        Path created = output.resolve(named.group(1));
        delete(created);
        Files.createDirectories(created);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private interface Work {
    void run() throws SQLException, IOException;
  }

  private void measure(String name, Work work, Map<String, Double> seconds, PrintStream report)
      throws SQLException, IOException {
    long start = System.nanoTime();
    long cpuStart = PROCESS.getProcessCpuTime();
    try {
      work.run();
    } catch (SQLException e) {
      throw new SQLException(name + ": " + e.getMessage(), e);
    }
    double taken = (System.nanoTime() - start) / 1e9;
    double cpu = (PROCESS.getProcessCpuTime() - cpuStart) / 1e9;
    seconds.merge(name, taken, Double::sum);
    report.printf(Locale.ROOT, "%-24s %8.2f s, %8.2f CPU s%n", name, taken, cpu);
  }

  /**
   * Parquet is read where it lies, by views; JSON is read once, into tables. Either way {@code
   * raw_<entity>} has all fields of the contract and {@code dt}.
   */
  private void readRaw() throws SQLException, IOException {
    statement.execute("SET VARIABLE last_date = DATE '" + lastDate + "'");
    for (Map.Entry<String, List<String>> entity : FIELDS.entrySet()) {
      List<String> files;
      try (Stream<Path> found = files(dumps, List.of(entity.getKey()), lastDate)) {
        files = found.map(path -> "'" + path + "'").sorted().toList();
      }
      String name = "raw_" + entity.getKey();
      if (files.isEmpty()) {
        statement.execute(
            "CREATE TABLE %s (%s, dt DATE)".formatted(name, String.join(", ", entity.getValue())));
      } else if (files.get(0).endsWith(".parquet'")) {
        statement.execute(
            "CREATE VIEW %s AS SELECT %s FROM %s"
                .formatted(name, columns(entity.getValue(), parquet(files)), parquet(files)));
      } else {
        statement.execute(
            "CREATE TABLE %s AS FROM read_json([%s], format = 'newline_delimited', hive_partitioning = true, hive_types = {dt: DATE}, columns = {%s})"
                .formatted(name, String.join(", ", files), jsonColumns(entity.getValue())));
      }
    }
  }

  private static String parquet(List<String> files) {
    return "read_parquet([%s], union_by_name = true, hive_partitioning = true, hive_types = {dt: DATE})"
        .formatted(String.join(", ", files));
  }

  private static String jsonColumns(List<String> fields) {
    return String.join(
        ", ",
        fields.stream()
            .map(field -> field.split(" "))
            .map(field -> "'%s': '%s'".formatted(field[0], field[1]))
            .toList());
  }

  /** Fields that no file has are null; what is nested becomes JSON text. */
  private String columns(List<String> fields, String relation) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (ResultSet found = statement.executeQuery("DESCRIBE FROM " + relation)) {
      while (found.next()) {
        types.put(found.getString(1), found.getString(2));
      }
    }
    List<String> columns = new ArrayList<>();
    for (String field : fields) {
      String name = field.split(" ")[0];
      String wanted = field.split(" ")[1];
      String type = types.get(name);
      boolean isNested = wanted.equals("JSON") && type != null && !type.equals("VARCHAR");
      String value = type == null ? "NULL" : isNested ? "to_json(" + name + ")" : name;
      columns.add("%s::%s AS %s".formatted(value, wanted, name));
    }
    columns.add("dt");
    return String.join(", ", columns);
  }

  private static Stream<Path> files(Path source, Iterable<String> entities, LocalDate last)
      throws IOException {
    List<Path> all = new ArrayList<>();
    for (String entity : entities) {
      Path folder = source.resolve(entity);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> found = Files.walk(folder)) {
          found
              .filter(Files::isRegularFile)
              .filter(path -> !path.getFileName().toString().matches("[._].*"))
              .filter(path -> !dateOf(path).isAfter(last))
              .forEach(all::add);
        }
      }
    }
    return all.stream();
  }

  private static LocalDate dateOf(Path file) {
    return LocalDate.parse(file.getParent().getFileName().toString().substring("dt=".length()));
  }

  /** The SQL by file name, in order. */
  private static Map<String, String> sqlFiles() throws IOException {
    try {
      URI folder = Peer.class.getResource("peer").toURI();
      if (folder.getScheme().equals("file")) {
        return sqlFiles(Path.of(folder));
      }
      try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
        return sqlFiles(jar.getPath("/dev/nightdesk/bench/peer"));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> sqlFiles(Path folder) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .sorted()
          .forEach(
              file -> {
                try (InputStream text = Files.newInputStream(file)) {
                  texts.put(
                      file.getFileName().toString(),
                      new String(text.readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return texts;
  }
}
