package dev.nightdesk.io;

import java.util.Map;

/** What Spark, Hadoop and Delta are told of file systems. */
public final class FileSystemSettings {

  private FileSystemSettings() {}

  /** Settings that a session is started with; a file system does not mind those of another. */
  public static Map<String, String> all() {
    return Map.of(
        "spark.delta.logStore.file.impl",
        LocalCommits.class.getName(),
        "spark.hadoop.fs.file.impl",
        LocalFiles.class.getName(),
        "spark.delta.logStore.s3a.impl",
        ObjectCommits.class.getName(),
        // Delta writes a checksum after every commit, and renames it; by default through Hadoop's
        // other interface of file systems, which starts the program readlink several times for it.
        "spark.sql.streaming.checkpointFileManagerClass",
        "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager",
        // A wrong bucket, key or region is found out in seconds, and a slow store still gets time:
        // attempts of the client times retries of the file system, waiting twice as long each time.
        "spark.hadoop.fs.s3a.attempts.maximum",
        "3",
        "spark.hadoop.fs.s3a.retry.limit",
        "5");
  }
}
