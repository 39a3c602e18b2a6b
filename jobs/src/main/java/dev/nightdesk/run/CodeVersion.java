package dev.nightdesk.run;

import picocli.CommandLine.IVersionProvider;

/** Which code this is: the version of the jar, as its manifest says. */
final class CodeVersion implements IVersionProvider {

  /** The version; {@code development} when the classes do not come from a jar. */
  static String text() {
    String version = CodeVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"nightdesk " + text()};
  }
}
