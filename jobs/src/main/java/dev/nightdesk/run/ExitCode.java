package dev.nightdesk.run;

/** What the process tells its caller. A scheduler decides by it whether to try again. */
public enum ExitCode {
  DONE(0),
  /** Something broke: trying again may help. */
  FAILED(1),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** A dump is missing, unreadable or too bad: trying again does not help until it is delivered. */
  BAD_INPUT(3),
  /** An audit failed: nothing was published. */
  AUDIT_FAILED(4),
  /** For the launcher only, which begins the command again in another JVM. */
  BULK(75);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number. */
  public int code() {
    return code;
  }
}
