package dev.nightdesk.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the raw dumps of a desk that never was. */
public final class Generator {

  /** The source's name, and its folder. */
  static final String SOURCE = "helpdesk";

  private Generator() {}

  /**
   * Writes all dumps below {@code <out>/helpdesk}, and {@code <out>/nightdesk.yaml}, which loads
   * them.
   *
   * @throws IllegalArgumentException if the folder holds generated dumps already
   * @throws UncheckedIOException if it cannot be written
   */
  public static GeneratedDumps generate(GeneratorOptions options, Progress progress) {
    Path folder = options.out().resolve(SOURCE);
    Path config = options.out().resolve("nightdesk.yaml");
    if (Files.exists(folder) || Files.exists(config)) {
      throw new IllegalArgumentException(
          "%s holds dumps already; two runs must not mix. Delete it, or give another --out."
              .formatted(options.out()));
    }
    Days days =
        new Days(options.until().minusDays(options.days() - 1L), options.days(), options.zone());
    try (DumpWriter dumps = new DumpWriter(folder, days, options.seed(), DumpWriter.MEMORY_LIMIT)) {
      World world = world(options, days, dumps);
      run(world, progress);
      long bytes = dumps.finish();
      Files.writeString(config, config(options, dumps));
      Map<String, Long> rows = new LinkedHashMap<>();
      dumps.rows().forEach((entity, count) -> rows.put(entity.folder(), count));
      return new GeneratedDumps(config, rows, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Dumps cannot be written to %s: %s. Give a folder that can be written, with room enough."
              .formatted(options.out(), e.getMessage()),
          e);
    }
  }

  private static World world(GeneratorOptions options, Days days, DumpWriter dumps) {
    Ids ids = new Ids();
    Demand demand = new Demand(options, days);
    Customers customers = new Customers(options, days);
    return new World(
        options,
        days,
        demand,
        new Staff(options, days),
        customers,
        new Phrases(options.textShare()),
        new Macros(ids),
        new Commerce(options, days, demand, customers, ids),
        new RecentTickets(),
        ids,
        dumps);
  }

  private static void run(World world, Progress progress) {
    Days days = world.days();
    DumpWriter dumps = world.dumps();
    HouseRules rules = new HouseRules(days, dumps);
    Visits visits = new Visits(world);
    long tickets = 0;
    for (int day = 0; day < days.count(); day++) {
      rules.deliver(day);
      world.staff().deliverAgents(day, dumps);
      world.staff().deliverShifts(day, dumps);
      if (day == 0) {
        world.macros().deliver(days, dumps);
      }
      world.customers().deliver(day, dumps);
      world.commerce().deliverOrders(day, dumps);
      visits.deliver(day);
      for (Demand.Contact contact : world.demand().contacts(day)) {
        new TicketStory(world, tickets++, day, contact).tell();
      }
      dumps.endDay();
      progress.dayDone(days.date(day), day + 1, days.count(), tickets);
    }
  }

  private static String config(GeneratorOptions options, DumpWriter dumps) {
    StringBuilder yaml =
        new StringBuilder()
            .append("# Loads the generated dumps beside this file.\n")
            .append("raw: .\n")
            .append("warehouse: ./warehouse\n")
            .append("reporting: {zone: ")
            .append(options.zone().getId())
            .append(", week-start: monday, fiscal-year-start-month: 1, currency: ")
            .append(Commerce.CURRENCY)
            .append("}\n")
            .append("definitions: {phone-region: DE}\n")
            .append("sources:\n  ")
            .append(SOURCE)
            .append(":\n    type: canonical\n    entities:\n");
    for (Entity entity : Entity.values()) {
      boolean isPromised = entity.isPromisedDaily() && !dumps.gaps().contains(entity);
      yaml.append("      ")
          .append(entity.folder())
          .append(isPromised ? ": {}\n" : ": {optional: true}\n");
    }
    return yaml.toString();
  }
}
