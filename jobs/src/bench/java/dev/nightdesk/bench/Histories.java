package dev.nightdesk.bench;

import dev.nightdesk.generate.Generator;
import dev.nightdesk.generate.GeneratorOptions;
import dev.nightdesk.generate.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * The histories that are measured: generated once, as Parquet, and kept.
 *
 * @param folder where they are kept
 * @param days how many days a desk's dumps span; of 365 a night is a 365th of the tickets
 * @param threads how many files are converted side by side
 * @param progress hears what takes its time
 */
record Histories(Path folder, int days, int threads, Consumer<String> progress) {

  /**
   * An archive spans more time than the desk: files of dumps and of tables become more and larger,
   * as they do behind a real desk.
   */
  private static final int SPANS_OF_ARCHIVE = 3;

  /** Public ones; with the internal notes and repeated records there are 8 for each ticket. */
  private static final double MESSAGES_PER_TICKET = 7.3;

  private static final long SEED = 7;

  private static final String SOURCE = "helpdesk";

  /** A desk of so many tickets. */
  History desk(long tickets) {
    return generated("desk", tickets, days, GeneratorOptions.DEFAULT_UNTIL);
  }

  /**
   * A desk behind which an older one lies, whose dumps end on the day before the first of the desk:
   * two sources of one warehouse.
   *
   * @param desk whose last dumps are the night, the same files whatever lies behind
   * @param tickets of both together
   */
  History behind(History desk, long tickets) {
    LocalDate until = GeneratorOptions.DEFAULT_UNTIL.minusDays(days);
    History archive =
        generated("archive", tickets - desk.tickets(), SPANS_OF_ARCHIVE * days, until);
    Path both = folder.resolve("%s-behind-%s".formatted(archive.name(), desk.name()));
    if (!Files.exists(both)) {
      try {
        Path made = Files.createDirectories(folder.resolve(both.getFileName() + ".part"));
        Files.createSymbolicLink(made.resolve(SOURCE), desk.folder().resolve(SOURCE));
        Files.createSymbolicLink(made.resolve("archive"), archive.folder().resolve(SOURCE));
        Files.writeString(
            made.resolve("nightdesk.yaml"), Files.readString(desk.config()) + archived(archive));
        Files.move(made, both, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new History(both, tickets, desk.lastDate());
  }

  /** The archive as a source that delivers no more. */
  private static String archived(History archive) throws IOException {
    StringBuilder yaml = new StringBuilder("  archive:\n    type: canonical\n    entities:\n");
    try (var entities = Files.list(archive.folder().resolve(SOURCE))) {
      entities
          .sorted()
          .forEach(
              entity ->
                  yaml.append("      ")
                      .append(entity.getFileName())
                      .append(": {optional: true}\n"));
    }
    return yaml.toString();
  }

  private History generated(String kind, long tickets, int span, LocalDate until) {
    Path made = folder.resolve("%s-%d-tickets-%d-days".formatted(kind, tickets, span));
    if (!Files.exists(made)) {
      generate(made, tickets, span, until);
    }
    return new History(made, tickets, until);
  }

  /** What is half done carries another name, so it is never taken for a history. */
  private void generate(Path made, long tickets, int span, LocalDate until) {
    Path json = folder.resolve(made.getFileName() + ".json");
    Path parquet = folder.resolve(made.getFileName() + ".part");
    Folders.delete(json);
    Folders.delete(parquet);
    progress.accept("generating %,d tickets over %d days".formatted(tickets, span));
    Generator.generate(
        GeneratorOptions.of(tickets, span, SEED, json)
            .withUntil(until)
            .withMessagesPerTicket(MESSAGES_PER_TICKET),
        Progress.SILENT);
    progress.accept("converting them to Parquet");
    ParquetDumps.write(json.resolve(SOURCE), parquet.resolve(SOURCE), threads);
    try {
      Files.move(json.resolve("nightdesk.yaml"), parquet.resolve("nightdesk.yaml"));
      Folders.delete(json);
      Files.move(parquet, made, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
