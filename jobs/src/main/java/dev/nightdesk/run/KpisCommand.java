package dev.nightdesk.run;

import dev.nightdesk.kpi.KpiCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The third step of a night, and the list of what it computes. */
@Command(
    name = "kpis",
    description = "Computes the KPI tables from the facts.",
    mixinStandardHelpOptions = true)
final class KpisCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(names = "--list", description = "List every KPI with the question it answers.")
  private boolean list;

  @Override
  public void run() {
    if (list) {
      spec.commandLine().getOut().print(KpiCatalog.bundled().list());
      spec.commandLine().getOut().flush();
      return;
    }
    try (Workbench workbench = Workbench.open(options.config())) {
      for (TableRun table : workbench.night().kpis()) {
        spec.commandLine().getOut().printf("%s: %d rows%n", table.table(), table.rowCount());
      }
    }
  }
}
