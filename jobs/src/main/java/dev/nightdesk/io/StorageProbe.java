package dev.nightdesk.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Asks a store of files once, with little patience, before a night begins: the patience that a
 * night has with a slow store would let a misspelt address wait for minutes.
 */
public final class StorageProbe {

  private StorageProbe() {}

  /**
   * Refuses a place that will not be reached however often one asks; whether anything is there does
   * not matter, and a store that is only slow or busy is left to the night.
   *
   * @param place folder of dumps or of a warehouse, as configured
   * @throws UncheckedIOException with a cause that {@link StorageProblems} has words for
   */
  public static void requireUsable(String place, Configuration hadoop) {
    Path path = new Path(place);
    Configuration impatient = new Configuration(hadoop);
    impatient.set("fs.s3a.attempts.maximum", "1");
    impatient.set("fs.s3a.retry.limit", "1");
    impatient.set("fs.s3a.connection.establish.timeout", "15s");
    // A file system of its own: the shared one keeps the settings it was made with.
    try (FileSystem files = FileSystem.newInstance(path.toUri(), impatient)) {
      files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      // Not there yet; what misses it says so.
    } catch (IOException e) {
      if (StorageProblems.inWords(e).isPresent()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
