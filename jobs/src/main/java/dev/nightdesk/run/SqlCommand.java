package dev.nightdesk.run;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.TableContract.Layer;
import dev.nightdesk.io.PublishedTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Questions in SQL. */
@Command(
    name = "sql",
    description = "Answers SQL over the tables; without -e it reads statements that end with ;",
    mixinStandardHelpOptions = true)
final class SqlCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(names = "-e", paramLabel = "QUERY", description = "The query.")
  private String query;

  @Option(
      names = "--format",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
      defaultValue = "table")
  private RowFormat format;

  @Override
  public void run() {
    NightdeskConfig config = options.config();
    try (Workbench workbench = Workbench.open(config)) {
      List<TableContract> readable =
          TablesCommand.contracts(config).stream()
              .filter(contract -> contract.layer() != Layer.STAGED)
              .toList();
      PublishedTables tables = workbench.warehouse().published();
      tables.name(readable);
      if (query != null) {
        print(rows(tables, query));
      } else {
        prompt(tables);
      }
    }
  }

  private void prompt(PublishedTables tables) {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintWriter err = spec.commandLine().getErr();
    StringBuilder statement = new StringBuilder();
    try {
      err.print("nightdesk> ");
      err.flush();
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        statement.append(line).append('\n');
        if (line.stripTrailing().endsWith(";")) {
          answer(tables, statement.toString());
          statement.setLength(0);
        }
        err.print(statement.isEmpty() ? "nightdesk> " : "        -> ");
        err.flush();
      }
      if (!statement.toString().isBlank()) {
        answer(tables, statement.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Standard input cannot be read", e);
    }
  }

  /** A wrong statement does not end the session. */
  private void answer(PublishedTables tables, String statement) {
    try {
      print(rows(tables, statement.strip().replaceAll(";+$", "")));
    } catch (NightdeskException e) {
      spec.commandLine().getErr().println("nightdesk: " + e.getMessage());
    }
  }

  private void print(Dataset<Row> rows) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.text(rows.columns(), rows.collectAsList()));
    out.flush();
  }

  /** Scala does not declare AnalysisException, so the compiler does not know that it comes. */
  private static Dataset<Row> rows(PublishedTables tables, String sql) {
    try {
      return tables.query(sql);
    } catch (Exception e) {
      if (e instanceof AnalysisException analysis) {
        throw NightdeskException.usage(analysis.getSimpleMessage());
      }
      throw e;
    }
  }
}
