package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.RawField;
import dev.nightdesk.io.Envelope;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.RawArea;
import dev.nightdesk.io.RawFile;
import dev.nightdesk.io.RawFormat;
import dev.nightdesk.staged.SourceMapping;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * Which raw files a night has to read: those that the warehouse does not hold, or holds with
 * another content; and whether every promised dump is there.
 */
final class Deliveries {

  private static final String AGAIN = ":";

  private final NightdeskConfig config;
  private final NightTables tables;
  private final RawArea raw;

  Deliveries(NightdeskConfig config, NightTables tables, RawArea raw) {
    this.config = config;
    this.tables = tables;
    this.raw = raw;
  }

  /** A raw entity of a configured source. */
  record Feed(SourceConfig source, RawContract contract) {

    String name() {
      return source.name() + "/" + contract.entity();
    }

    /** How it comes. */
    SourceConfig.Supply supply() {
      return source.entities().get(contract.entity());
    }

    /** How its files are written. */
    RawFormat format() {
      Map<String, List<String>> fields = new LinkedHashMap<>();
      Set<String> nested = new TreeSet<>();
      for (RawField field : contract.fields()) {
        fields.put(field.name(), field.names());
        if (field.type() == RawField.Type.JSON) {
          nested.add(field.name());
        }
      }
      Map<String, String> columns = new LinkedHashMap<>(source.columns());
      columns.keySet().retainAll(fields.keySet());
      return new RawFormat(
          fields,
          nested,
          columns,
          source.delimiter(),
          new Envelope(
              contract.pages(),
              supply().streams().isEmpty() ? contract.streams() : supply().streams(),
              !supply().folder().equals(contract.entity())));
    }

    /** How its records become staged rows. */
    SourceMapping mapping() {
      return new SourceMapping(source.name(), contract, source.texts(), source.options());
    }
  }

  /**
   * The new files of a feed.
   *
   * @param files each with the id of its content
   * @param superseded id of a content to the id of the one that the same path had before
   * @param again ids of those contents that the warehouse holds already: their rows are replaced
   */
  record Delivery(
      Feed feed, Map<RawFile, String> files, Map<String, String> superseded, Set<String> again) {}

  /**
   * What there is to read.
   *
   * @param deliveries feeds with new files
   * @param latest the latest date, of what is new and of what the warehouse holds
   * @param isFirst whether the warehouse holds nothing yet
   * @param lost files that should be read again and lie in the raw area no more, per feed
   */
  record Found(
      List<Delivery> deliveries, LocalDate latest, boolean isFirst, Map<String, Long> lost) {

    /** Size of the files that are read. */
    long byteCount() {
      return deliveries.stream()
          .flatMap(delivery -> delivery.files().keySet().stream())
          .mapToLong(RawFile::bytes)
          .sum();
    }

    /** Ids of the contents whose rows are replaced. */
    List<String> againFileIds() {
      return deliveries.stream().flatMap(delivery -> delivery.again().stream()).toList();
    }

    /** Ids of the contents that come. */
    List<String> arrivedFileIds() {
      return deliveries.stream().flatMap(delivery -> delivery.files().values().stream()).toList();
    }

    /** Ids of the contents whose rows, as they were, stop to count. */
    List<String> goneFileIds() {
      return deliveries.stream()
          .flatMap(
              delivery ->
                  Stream.concat(delivery.superseded().values().stream(), delivery.again().stream()))
          .distinct()
          .toList();
    }
  }

  /**
   * Everything up to a date that is new or changed.
   *
   * @param until the last date; null for all that the raw area holds
   * @throws NightdeskException with the exit code of bad input for a missing dump
   */
  Found find(LocalDate until) {
    return find(until, Again.NOTHING);
  }

  /**
   * Which files are read again although the warehouse holds them.
   *
   * @param feeds all of these feeds, as source/entity
   * @param from all from this date on; null: none by their date
   * @param to and up to this date
   */
  record Again(Set<String> feeds, LocalDate from, LocalDate to) {

    static final Again NOTHING = new Again(Set.of(), null, null);

    boolean has(String feed, LocalDate date) {
      return feeds.contains(feed) || (from != null && !date.isBefore(from) && !date.isAfter(to));
    }
  }

  /** The same, and files that the warehouse holds. */
  Found find(LocalDate until, Again again) {
    List<Row> ingested = tables.before(Contracts.of("ingested_file")).collectAsList();
    Map<String, Row> known = currentFiles(ingested);
    Set<String> used =
        ingested.stream().map(row -> row.<String>getAs("file_id")).collect(Collectors.toSet());
    Map<Feed, List<RawFile>> listed = new LinkedHashMap<>();
    for (Feed feed : feeds()) {
      listed.put(
          feed,
          raw.list(feed.source().name(), feed.contract().entity(), feed.supply().folder(), until));
    }
    requirePromised(listed, until);
    List<Delivery> deliveries = new ArrayList<>();
    listed.forEach((feed, files) -> deliveries.add(delivery(feed, files, known, used, again)));
    deliveries.removeIf(delivery -> delivery.files().isEmpty());
    return new Found(
        deliveries, latest(listed, known), known.isEmpty(), lost(listed, known, again));
  }

  private static Map<String, Long> lost(
      Map<Feed, List<RawFile>> listed, Map<String, Row> known, Again again) {
    Set<String> places =
        listed.values().stream()
            .flatMap(List::stream)
            .map(file -> place(file.entity(), file.path()))
            .collect(Collectors.toSet());
    Map<String, Long> lost = new TreeMap<>();
    known.forEach(
        (place, row) -> {
          String feed = row.getAs("source_code") + "/" + row.getAs("entity");
          if (!places.contains(place) && again.has(feed, row.<Date>getAs("dt").toLocalDate())) {
            lost.merge(feed, 1L, Long::sum);
          }
        });
    return lost;
  }

  /** The content of each path that counts now, by {@link #place}. */
  private static Map<String, Row> currentFiles(List<Row> rows) {
    Map<String, Row> current = new HashMap<>();
    Set<String> superseded =
        rows.stream()
            .map(row -> row.<String>getAs("superseded_file_id"))
            .collect(Collectors.toSet());
    for (Row row : rows) {
      if (!superseded.contains(row.<String>getAs("file_id"))) {
        current.put(place(row.getAs("entity"), row.getAs("path")), row);
      }
    }
    return current;
  }

  /** A file is read once for every entity that it holds. */
  private static String place(String entity, String path) {
    return entity + " of " + path;
  }

  /**
   * @param used ids of all contents that ever counted
   */
  private Delivery delivery(
      Feed feed, List<RawFile> files, Map<String, Row> known, Set<String> used, Again again) {
    Set<String> readAgain = new TreeSet<>();
    Map<RawFile, String> fresh = new TreeMap<>(Comparator.comparing(RawFile::path));
    Map<String, String> superseded = new HashMap<>();
    for (RawFile file : files) {
      Row former = known.get(place(file.entity(), file.path()));
      boolean isAgain = former != null && again.has(feed.name(), file.date());
      if (former != null
          && !isAgain
          && former.<Long>getAs("byte_count") == file.bytes()
          && former.<Timestamp>getAs("modified_at").getTime() == file.modifiedAtMillis()) {
        continue;
      }
      String content = raw.fileId(file);
      if (former == null) {
        fresh.put(file, unused(content, used));
      } else if (!isOf(content, former.getAs("file_id"))) {
        String id = unused(content, used);
        fresh.put(file, id);
        superseded.put(id, former.getAs("file_id"));
      } else if (isAgain) {
        String id = former.getAs("file_id");
        fresh.put(file, id);
        readAgain.add(id);
        // What the content replaced stays replaced.
        String replaced = former.getAs("superseded_file_id");
        if (replaced != null) {
          superseded.put(id, replaced);
        }
      }
    }
    return new Delivery(feed, fresh, superseded, readAgain);
  }

  /** A content that a path had before, and has again, was superseded: it counts by a new id. */
  private static String unused(String content, Set<String> used) {
    String id = content;
    for (int again = 2; used.contains(id); again++) {
      id = content + AGAIN + again;
    }
    return id;
  }

  private static boolean isOf(String content, String fileId) {
    return fileId.equals(content) || fileId.startsWith(content + AGAIN);
  }

  private LocalDate latest(Map<Feed, List<RawFile>> listed, Map<String, Row> known) {
    LocalDate latest = null;
    for (Row row : known.values()) {
      LocalDate date = row.<Date>getAs("dt").toLocalDate();
      latest = latest == null || date.isAfter(latest) ? date : latest;
    }
    for (List<RawFile> files : listed.values()) {
      for (RawFile file : files) {
        latest = latest == null || file.date().isAfter(latest) ? file.date() : latest;
      }
    }
    return latest;
  }

  /** A date that any source has is expected of every source from its own first date on. */
  private void requirePromised(Map<Feed, List<RawFile>> listed, LocalDate until) {
    Set<LocalDate> dates = new TreeSet<>();
    listed.values().forEach(files -> files.forEach(file -> dates.add(file.date())));
    if (until != null) {
      dates.add(until);
    }
    if (dates.isEmpty()) {
      throw NightdeskException.badInput(
          "The raw area %s holds no dump of the sources %s. Point raw at <source>/<entity>/dt=YYYY-MM-DD folders."
              .formatted(raw.uri(), config.sources().stream().map(SourceConfig::name).toList()));
    }
    for (SourceConfig source : config.sources()) {
      LocalDate first =
          listed.entrySet().stream()
              .filter(entry -> entry.getKey().source().equals(source))
              .flatMap(entry -> entry.getValue().stream())
              .map(RawFile::date)
              .min(Comparator.naturalOrder())
              .orElse(((TreeSet<LocalDate>) dates).first());
      listed.forEach(
          (feed, files) -> {
            if (!feed.source().equals(source)
                || feed.supply().promise() == SourceConfig.Promise.OPTIONAL) {
              return;
            }
            Set<LocalDate> delivered =
                files.stream().map(RawFile::date).collect(Collectors.toSet());
            for (LocalDate date : dates) {
              if (!date.isBefore(first) && !delivered.contains(date)) {
                throw NightdeskException.badInput(
                    "Missing dump: the source %s promises %s for every date, but %s/%s/%s/dt=%s has no file. Deliver it, or mark the entity optional; nothing was published."
                        .formatted(
                            source.name(),
                            feed.contract().entity(),
                            raw.uri(),
                            source.name(),
                            feed.supply().folder(),
                            date));
              }
            }
          });
    }
  }

  private List<Feed> feeds() {
    List<Feed> feeds = new ArrayList<>();
    for (SourceConfig source : config.sources()) {
      for (String entity : source.entities().keySet()) {
        feeds.add(new Feed(source, RawContract.of(source.type(), entity)));
      }
    }
    return feeds;
  }
}
