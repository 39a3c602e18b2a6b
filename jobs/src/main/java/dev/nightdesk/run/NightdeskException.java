package dev.nightdesk.run;

/**
 * An expected end of a command: its message is for the user (problem, cause, cure), its exit code
 * for the caller.
 */
public final class NightdeskException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private NightdeskException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /**
   * There is nothing to do: a command that is tried again after it succeeded is none that failed.
   */
  static NightdeskException done(String message) {
    return new NightdeskException(ExitCode.DONE, message);
  }

  /** Something broke, and its cure is known. */
  public static NightdeskException failed(String message) {
    return new NightdeskException(ExitCode.FAILED, message);
  }

  /** A dump is missing, unreadable or too bad. */
  public static NightdeskException badInput(String message) {
    return new NightdeskException(ExitCode.BAD_INPUT, message);
  }

  /** The command line or the configuration is wrong. */
  public static NightdeskException usage(String message) {
    return new NightdeskException(ExitCode.USAGE, message);
  }

  /** The audits found what must not be published. */
  public static NightdeskException auditFailed(String message) {
    return new NightdeskException(ExitCode.AUDIT_FAILED, message);
  }

  /** The night asks for another JVM. */
  static NightdeskException bulk(String message) {
    return new NightdeskException(ExitCode.BULK, message);
  }

  /** What the process tells its caller. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
