package dev.nightdesk;

import dev.nightdesk.run.CommandLineInterface;

/** Entry point of the launcher, of {@code spark-submit} and of the image. */
public final class Main {

  private Main() {}

  /** Parses, runs, and exits with the code that {@code --help} explains. */
  public static void main(String[] arguments) {
    System.exit(CommandLineInterface.run(arguments));
  }
}
