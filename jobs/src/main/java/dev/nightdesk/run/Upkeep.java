package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.TableContract.Layer;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.Vacuum;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Publication;
import dev.nightdesk.table.Replacement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is done to a warehouse besides its nights: the return to earlier tables, and tidying up. */
final class Upkeep {

  private static final String TICKET = "ticket_key";
  private static final String FILE = "file_id";

  private final PublishedWarehouse warehouse;

  Upkeep(PublishedWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * When files are written anew.
   *
   * @param small fewer bytes make a file small
   * @param many so many small files of a table are too many
   * @param large bytes of a file that takes their place
   */
  record Sizes(long small, int many, long large) {

    /** Not larger, because a night that touches a row of a file writes the whole file anew. */
    static final Sizes USUAL = new Sizes(8L << 20, 100, 32L << 20);
  }

  /**
   * Gives every table the rows that it had in an earlier publication, and publishes that.
   *
   * @param id the earlier publication
   * @throws NightdeskException with the exit code of a usage error if there is no such publication
   */
  Publication rollback(String id) {
    return warehouse.aloneToMend(
        "rollback",
        () -> {
          Publication latest = warehouse.latest();
          // As they are now: if somebody else has written to a table, this is the way back.
          Publication base = latest.at(current(latest));
          Publication target = target(id, base);
          // What was being built stands on tables that are about to change.
          warehouse.discard();
          NightTables changed = warehouse.nightTables(Optional.of(base));
          TreeSet<String> tables = new TreeSet<>(base.tableVersions().keySet());
          tables.addAll(target.tableVersions().keySet());
          for (String table : tables) {
            changed.restore(
                warehouse.contract(table), target.tableVersions().getOrDefault(table, -1L));
          }
          return warehouse.publish(base, changed, Manifest.Kind.ROLLBACK, target);
        });
  }

  private Publication target(String id, Publication base) {
    Publication target =
        warehouse
            .publications()
            .find(id)
            .orElseThrow(
                () ->
                    NightdeskException.usage(
                        "There is no publication %s; there are, the latest first, %s."
                            .formatted(id, warehouse.publications().ids())));
    if (target.equals(base)) {
      throw NightdeskException.usage(
          "The publication %s is what readers see already. Choose an earlier one of %s."
              .formatted(id, warehouse.publications().ids()));
    }
    return target;
  }

  private Map<String, Long> current(Publication publication) {
    Map<String, Long> versions = new TreeMap<>();
    publication
        .tableVersions()
        .keySet()
        .forEach(
            table -> versions.put(table, warehouse.tables().version(warehouse.contract(table))));
    return versions;
  }

  /**
   * What was tidied up.
   *
   * @param compacted tables of which small files became larger ones
   * @param cleaned tables of which old files may have been deleted
   * @param publication what readers see now
   */
  record Maintained(List<String> compacted, List<String> cleaned, Publication publication) {}

  /**
   * Writes small files as larger ones, drops staged rows that a newer content of their file
   * replaced, and deletes files that nobody can ask for any more. No figure changes.
   *
   * @throws NightdeskException with the exit code of a failure if a night is being built, which
   *     would stand on the wrong tables afterwards
   */
  Maintained maintain(Vacuum vacuum, Sizes sizes, Instant now) {
    return warehouse.alone(
        "maintain",
        () -> {
          Publication base = warehouse.latest();
          refuseNightInWork(base);
          warehouse.discard();
          NightTables changed = warehouse.nightTables(Optional.of(base));
          Dataset<Row> superseded = superseded(changed);
          boolean hasSuperseded = !superseded.isEmpty();
          for (String table : new TreeSet<>(base.tableVersions().keySet())) {
            TableContract contract = warehouse.contract(table);
            if (hasSuperseded && contract.layer() == Layer.STAGED) {
              changed.replace(
                  contract,
                  new Replacement(List.of(FILE), superseded, changed.before(contract).limit(0)));
            }
            changed.compact(contract, order(contract), sizes.small(), sizes.many(), sizes.large());
          }
          List<String> compacted = List.copyOf(changed.changes().keySet());
          Publication published =
              compacted.isEmpty()
                  ? base
                  : warehouse.publish(base, changed, Manifest.Kind.MAINTENANCE, base);
          return new Maintained(compacted, clean(vacuum, now), published);
        });
  }

  private void refuseNightInWork(Publication base) {
    warehouse
        .nights()
        .newest()
        .filter(begun -> begun.manifest().base().publicationId().equals(base.id()))
        .ifPresent(
            begun -> {
              throw NightdeskException.failed(
                  "The night %s is begun and not published. Run nightdesk nightly first, or the steps that it lacks."
                      .formatted(begun.name()));
            });
  }

  private static Dataset<Row> superseded(NightTables tables) {
    return tables
        .before(Contracts.of("ingested_file"))
        .filter(col("superseded_file_id").isNotNull())
        .select(col("superseded_file_id").as(FILE))
        .distinct();
  }

  /** As the contract says; a log of tickets by ticket; all else by its key. */
  private static List<String> order(TableContract contract) {
    if (!contract.layout().isEmpty()) {
      return contract.layout();
    }
    boolean isOfTickets =
        contract.columns().stream().anyMatch(column -> column.name().equals(TICKET));
    return contract.layer() == Layer.STAGED && isOfTickets ? List.of(TICKET) : contract.key();
  }

  private List<String> clean(Vacuum vacuum, Instant now) {
    List<String> cleaned = new ArrayList<>();
    List<String> tables = new ArrayList<>(warehouse.latest().tableVersions().keySet());
    tables.addAll(List.of("run", "publication", "audit_result"));
    for (String table : new TreeSet<>(tables)) {
      if (vacuum.clean(warehouse.contract(table), now)) {
        cleaned.add(table);
      }
    }
    return cleaned;
  }
}
