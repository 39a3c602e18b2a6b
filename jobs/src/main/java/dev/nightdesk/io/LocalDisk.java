package dev.nightdesk.io;

import java.util.Map;

/** What Spark, Hadoop and Delta are told of a local disk. */
public final class LocalDisk {

  private LocalDisk() {}

  /** Settings that a session is started with; other disks and object storage do not mind them. */
  public static Map<String, String> settings() {
    return Map.of(
        "spark.delta.logStore.file.impl", LocalCommits.class.getName(),
        "spark.hadoop.fs.file.impl", LocalFiles.class.getName());
  }
}
