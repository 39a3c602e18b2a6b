package dev.nightdesk.run;

import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.io.GoneVersion;
import dev.nightdesk.io.StaleBase;
import dev.nightdesk.io.StorageProblems;
import dev.nightdesk.io.UnreadableDump;
import java.io.PrintWriter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The words of {@code ./nightdesk}: results on standard output, progress and errors on standard
 * error.
 */
@Command(
    name = "nightdesk",
    description = "The customer-support data warehouse: raw dumps in, KPIs out.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = CodeVersion.class,
    subcommands = {
      NightlyCommand.class,
      StageCommand.class,
      FactsCommand.class,
      KpisCommand.class,
      AuditCommand.class,
      PublishCommand.class,
      StatusCommand.class,
      RollbackCommand.class,
      MaintainCommand.class,
      BackfillCommand.class,
      CheckCommand.class,
      ReportCommand.class,
      SqlCommand.class,
      TablesCommand.class,
      GenerateCommand.class,
      ConfigCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:usage or configuration",
      "3:bad input: a dump is missing, unreadable, or too many of its records were refused",
      "4:an audit failed, nothing was published"
    })
public final class CommandLineInterface implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.nightdesk");

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs one command; the result is the process's exit code. */
  public static int run(String... arguments) {
    return new CommandLine(new CommandLineInterface())
        .setOut(Console.results())
        .setErr(Console.errors())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> explain(exception, commandLine.getErr()).code())
        .setExitCodeExceptionMapper(exception -> ExitCode.USAGE.code())
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }

  /** Expected errors in one line, all others with their stack trace. */
  private static ExitCode explain(Throwable exception, PrintWriter err) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof NightdeskException expected) {
        err.println("nightdesk: " + expected.getMessage());
        return expected.exitCode();
      }
      if (cause instanceof UnreadableDump) {
        err.println("nightdesk: " + cause.getMessage());
        return ExitCode.BAD_INPUT;
      }
      if (cause instanceof ContractViolation
          || cause instanceof StaleBase
          || cause instanceof GoneVersion) {
        err.println("nightdesk: " + cause.getMessage());
        return ExitCode.FAILED;
      }
    }
    Optional<String> ofStorage = StorageProblems.inWords(exception);
    if (ofStorage.isPresent()) {
      err.println("nightdesk: " + ofStorage.get());
      return ExitCode.FAILED;
    }
    LOG.error("The command failed", exception);
    err.println("nightdesk: failed: " + exception.getMessage());
    return ExitCode.FAILED;
  }
}
