package dev.nightdesk.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import picocli.CommandLine.IVersionProvider;

/** Which code this is: the version of the jar, as its manifest says. */
final class CodeVersion implements IVersionProvider {

  private static final String UNKNOWN = "unknown";

  /** The version; {@code development} when the classes do not come from a jar. */
  static String text() {
    String version = CodeVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The commit that the jar was made from; {@code unknown} when there is no jar or no commit. */
  static String commit() {
    URL own = CodeVersion.class.getResource("CodeVersion.class");
    try {
      if (own != null && own.openConnection() instanceof JarURLConnection jar) {
        String commit = jar.getMainAttributes().getValue("Implementation-Commit");
        return commit == null || commit.isBlank() ? UNKNOWN : commit;
      }
      return UNKNOWN;
    } catch (IOException e) {
      throw new UncheckedIOException("The manifest of the program's jar cannot be read", e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"nightdesk " + text()};
  }
}
