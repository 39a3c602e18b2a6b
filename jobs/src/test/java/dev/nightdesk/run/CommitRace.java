package dev.nightdesk.run;

import io.delta.storage.LogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** One of several processes that commit the same versions of a log, each version at one instant. */
final class CommitRace {

  /** Time for a version: two writers are through with the last one before the next begins. */
  private static final long MILLIS = 60;

  private CommitRace() {}

  /**
   * @param arguments the class of the log store, the folder of the log, how many versions, when to
   *     begin (milliseconds since 1970), the file for the versions of which it was told that it
   *     wrote them, and the settings of the file system as name=value
   */
  public static void main(String[] arguments) throws Exception {
    Configuration hadoop = new Configuration();
    for (String setting : List.of(arguments).subList(5, arguments.length)) {
      String[] pair = setting.split("=", 2);
      hadoop.set(pair[0], pair[1]);
    }
    LogStore log =
        (LogStore)
            Class.forName(arguments[0]).getConstructor(Configuration.class).newInstance(hadoop);
    Path folder = new Path(arguments[1]);
    // The connection is made and the classes are loaded before the race.
    commit(log, new Path(folder, UUID.randomUUID() + ".json"), hadoop);
    List<String> written = new ArrayList<>();
    int versions = Integer.parseInt(arguments[2]);
    long start = Long.parseLong(arguments[3]);
    for (int version = 0; version < versions; version++) {
      TimeUnit.MILLISECONDS.sleep(start + version * MILLIS - System.currentTimeMillis());
      if (commit(log, new Path(folder, "%020d.json".formatted(version)), hadoop)) {
        written.add(Integer.toString(version));
      }
    }
    Files.write(java.nio.file.Path.of(arguments[4]), written);
  }

  private static boolean commit(LogStore log, Path path, Configuration hadoop) throws IOException {
    try {
      String line = "{\"commitInfo\":{\"txnId\":\"%s\"}}".formatted(UUID.randomUUID());
      log.write(path, List.of(line).iterator(), false, hadoop);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
