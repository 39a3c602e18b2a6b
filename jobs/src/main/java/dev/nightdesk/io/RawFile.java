package dev.nightdesk.io;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * One file of the raw area.
 *
 * @param source the configured source
 * @param entity the raw entity
 * @param date the logical date of the extract
 * @param uri where it lies
 * @param path where it lies below the raw root: the same on every machine
 * @param bytes its length
 * @param modifiedAtMillis its modification time, milliseconds since 1970
 */
public record RawFile(
    String source,
    String entity,
    LocalDate date,
    String uri,
    String path,
    long bytes,
    long modifiedAtMillis)
    implements Serializable {

  /** The formats that a dump may have. */
  public enum Format {
    JSON,
    CSV,
    PARQUET
  }

  /**
   * The format, by the name's ending; {@code .gz} may follow.
   *
   * @throws UnreadableDump if the ending is none that we know
   */
  public Format format() {
    String name = path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
    if (name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return Format.JSON;
    }
    if (name.endsWith(".csv")) {
      return Format.CSV;
    }
    if (name.endsWith(".parquet")) {
      return Format.PARQUET;
    }
    throw new UnreadableDump(
        path,
        "its name ends in none of .json, .jsonl, .ndjson, .csv, .parquet (with .gz or without)");
  }
}
