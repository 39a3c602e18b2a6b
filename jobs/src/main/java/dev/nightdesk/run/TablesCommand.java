package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What tables there are. */
@Command(
    name = "tables",
    description = "Lists every table with what a row is; with --columns, every column too.",
    mixinStandardHelpOptions = true)
final class TablesCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(names = "--columns", description = "Show the columns, too.")
  private boolean showColumns;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (TableContract contract : contracts(options.config())) {
      out.printf(
          "%s/%s: %s Key: %s.%n",
          contract.layer().folder(),
          contract.table(),
          contract.grain(),
          String.join(", ", contract.key()));
      if (showColumns) {
        contract
            .columns()
            .forEach(
                column ->
                    out.printf(
                        "  %s %s%s: %s%n",
                        column.name(),
                        column.type().sql().toLowerCase(java.util.Locale.ROOT),
                        column.isRequired() ? " not null" : "",
                        column.comment()));
      }
    }
  }

  /** Every contract of a configured warehouse, in reading order. */
  static List<TableContract> contracts(NightdeskConfig config) {
    List<TableContract> contracts = new ArrayList<>();
    Warehouse.STAGED.forEach(table -> contracts.add(Contracts.of(table)));
    Warehouse.dimsAndFacts().forEach(table -> contracts.add(Contracts.of(table.name())));
    contracts.addAll(Kpis.of(config).contracts().all());
    Warehouse.OPERATIONS.forEach(table -> contracts.add(Contracts.of(table)));
    return contracts;
  }
}
