package dev.nightdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Stream;

/**
 * Our jar, which the launcher has built.
 *
 * @param path where it lies
 */
record BuiltJar(Path path) {

  /** The newest, as the launcher takes it. */
  static BuiltJar of(Path root) {
    Path target = root.resolve("jobs/target");
    try (Stream<Path> found = Files.list(target)) {
      return found
          .filter(file -> file.getFileName().toString().matches("nightdesk-[0-9].*\\.jar"))
          .max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
          .map(BuiltJar::new)
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "There is no jar in %s. Begin with jobs/src/bench/run, which builds it."
                          .formatted(target)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version in its name. */
  String version() {
    return path.getFileName().toString().replaceAll("^nightdesk-|\\.jar$", "");
  }

  /** Twelve digits that another content would not have. */
  String digest() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
      return "%064x".formatted(new BigInteger(1, digest)).substring(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
