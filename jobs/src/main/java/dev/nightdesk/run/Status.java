package dev.nightdesk.run;

import static org.apache.spark.sql.functions.max;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a warehouse stands, in a few lines. It writes nothing and waits for nobody. */
final class Status {

  private static final List<String> STEPS =
      List.of(NightRun.STAGE, NightRun.FACTS, NightRun.KPIS, NightRun.AUDIT, NightRun.PUBLISH);

  private final DeltaTables tables;
  private final Optional<Publication> latest;
  private final OpenNights nights;
  private final Writing writing;

  Status(DeltaTables tables, Optional<Publication> latest, OpenNights nights, Writing writing) {
    this.tables = tables;
    this.latest = latest;
    this.nights = nights;
    this.writing = writing;
  }

  /** For the terminal. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "published  " + latest.map(Status::words).orElse("nothing yet: run nightdesk nightly"));
    latest.ifPresent(publication -> lines.addAll(freshness(publication)));
    lines.add("lease      " + writing.holderText());
    List<OpenNights.Begun> begun = nights.all();
    if (begun.isEmpty()) {
      lines.add("in work    nothing");
    }
    begun.forEach(night -> lines.add("in work    " + words(night)));
    return String.join("\n", lines) + "\n";
  }

  private static String words(Publication publication) {
    return "%s (%s), up to and including %s, at %s"
        .formatted(
            publication.id(),
            publication.kind(),
            publication.logicalDate(),
            publication.publishedAt());
  }

  private List<String> freshness(Publication publication) {
    return tables
        .readFiles(Contracts.of("ingested_file"), publication.tableVersions().get("ingested_file"))
        .groupBy("source_code")
        .agg(max("dt").as("dt"))
        .orderBy("source_code")
        .collectAsList()
        .stream()
        .map(row -> "fresh      %s up to %s".formatted(row.get(0), row.get(1)))
        .toList();
  }

  private String words(OpenNights.Begun night) {
    Manifest manifest = night.manifest();
    if (manifest.state() == Manifest.State.APPLYING) {
      return "%s is being published; if nobody holds the lease, the next command that writes finishes it"
          .formatted(night.name());
    }
    String base = latest.map(Publication::id).orElse("");
    if (!manifest.base().publicationId().equals(base)) {
      return "%s stands on tables that readers no longer see: run nightdesk stage"
          .formatted(night.name());
    }
    String next =
        STEPS.stream()
            .filter(step -> !manifest.done().steps().contains(step))
            .findFirst()
            .orElseThrow();
    return "%s has done %s; next is nightdesk %s"
        .formatted(night.name(), String.join(", ", manifest.done().steps()), next);
  }
}
