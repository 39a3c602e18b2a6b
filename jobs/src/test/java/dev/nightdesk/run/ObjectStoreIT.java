package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.ObjectCommits;
import io.delta.storage.S3SingleDriverLogStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps and warehouse in object storage: a real server, and the real command in its own JVM. */
class ObjectStoreIT extends SparkTestBase {

  private static final int DAYS = 2;
  private static final int VERSIONS = 100;

  @TempDir static Path folder;
  private static ObjectStore store;
  private static Desk desk;

  @BeforeAll
  static void putDumpsIntoTheBucket() throws IOException {
    store = ObjectStore.start(folder);
    desk = Desk.of(DAYS, NightScope.TOUCHED, Files.createDirectories(folder.resolve("local")));
    Path raw = folder.resolve("local/raw");
    store.put(raw, "raw");
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  private record Ended(int code, String said) {}

  private static Ended run(
      Map<String, String> environment, Map<String, String> settings, String... arguments) {
    try {
      Path config = folder.resolve("s3.yaml");
      StringBuilder text =
          new StringBuilder(Files.readString(folder.resolve("local/nightdesk.yaml")));
      text.append("hadoop:\n");
      settings.forEach((name, value) -> text.append("  %s: \"%s\"\n".formatted(name, value)));
      Files.writeString(config, text);
      List<String> words = new ArrayList<>();
      words.add(Path.of("../nightdesk").toAbsolutePath().normalize().toString());
      words.addAll(List.of(arguments));
      words.addAll(List.of("--config", config.toString()));
      Path log = Files.createTempFile(folder, arguments[0] + "-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(6, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("The command does not end: " + Files.readString(log));
      }
      return new Ended(process.exitValue(), Files.readString(log));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Ended nightly(String date, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "nightly",
                "--date",
                date,
                "--raw",
                "s3a://%s/raw".formatted(ObjectStore.BUCKET),
                "--warehouse",
                "s3a://%s/warehouse".formatted(ObjectStore.BUCKET)));
    words.addAll(List.of(more));
    return run(ObjectStore.credentials(), store.settings(), words.toArray(String[]::new));
  }

  @Test
  void nightsInABucketGiveTheTablesOfNightsOnADisk() throws IOException {
    NightRun onDisk =
        new NightRun(spark(), desk.config("warehouse", NightScope.TOUCHED), Clock.systemUTC());
    for (int day = 0; day < DAYS; day++) {
      String date = Desk.FIRST.plusDays(day).toString();
      onDisk.nightly(Desk.FIRST.plusDays(day));
      Ended inBucket = nightly(date);
      assertThat(inBucket.code()).as(inBucket.said()).isZero();
      assertThat(inBucket.said()).doesNotContain(ObjectStore.secret());
    }
    Ended again = nightly(Desk.FIRST.plusDays(DAYS - 1).toString());
    assertThat(again.code()).isZero();
    assertThat(again.said()).contains("nothing new");

    assertThat(
            new TableDifferences(
                    TablesCommand.contracts(desk.config("warehouse")),
                    reader(folder.resolve("local/warehouse")))
                .inWords(reader(store.files("warehouse"))))
        .isEmpty();
    try (Stream<Path> files = Files.walk(store.files("warehouse/_lease"))) {
      assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
    }
  }

  private static Ended broken(
      String bucket, Map<String, String> credentials, Map<String, String> settings) {
    return run(
        credentials,
        settings,
        "nightly",
        "--raw",
        "s3a://%s/raw".formatted(bucket),
        "--warehouse",
        "s3a://%s/warehouse".formatted(bucket));
  }

  @Test
  void aWrongBucketKeyOrEndpointIsSaidWithItsCure() {
    Ended bucket = broken("nobodys", ObjectStore.credentials(), store.settings());
    assertThat(bucket.code()).as(bucket.said()).isEqualTo(1);
    assertThat(bucket.said()).contains("nobodys").contains("Correct the bucket");

    Map<String, String> stranger =
        Map.of("AWS_ACCESS_KEY_ID", "stranger", "AWS_SECRET_ACCESS_KEY", "guessed");
    Ended key = broken(ObjectStore.BUCKET, stranger, store.settings());
    assertThat(key.code()).as(key.said()).isEqualTo(1);
    assertThat(key.said()).contains("Correct the credentials").doesNotContain("guessed");

    Map<String, String> elsewhere = new HashMap<>(store.settings());
    elsewhere.put("fs.s3a.endpoint", "http://127.0.0.1:1");
    Ended endpoint = broken(ObjectStore.BUCKET, ObjectStore.credentials(), elsewhere);
    assertThat(endpoint.code()).as(endpoint.said()).isEqualTo(1);
    assertThat(endpoint.said()).contains("Correct fs.s3a.endpoint");
  }

  @Test
  void credentialsInTheConfigurationAreRefused() {
    Ended ended =
        broken(
            ObjectStore.BUCKET,
            ObjectStore.credentials(),
            Map.of("fs.s3a.secret.key", ObjectStore.secret()));
    assertThat(ended.code()).as(ended.said()).isEqualTo(2);
    assertThat(ended.said()).contains("fs.s3a.secret.key").doesNotContain(ObjectStore.secret());
  }

  private TableDifferences.Reader reader(Path warehouse) {
    DeltaTables tables = new DeltaTables(spark(), warehouse.toUri().toString());
    return tables::read;
  }

  @Test
  void ofTwoWritersOfAVersionOneIsToldThatItWroteIt() {
    assertThat(wins(ObjectCommits.class, "ours")).isEqualTo(VERSIONS);
  }

  /** The control: if this fails, the race is none, and the test above proves nothing. */
  @Test
  void deltasOwnLogLosesCommitsInTheSameRace() {
    assertThat(wins(S3SingleDriverLogStore.class, "deltas")).isGreaterThan(VERSIONS);
  }

  /** How many commits two processes believe to have written. */
  private static long wins(Class<?> logStore, String name) {
    long start = Instant.now().plusSeconds(12).toEpochMilli();
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("@" + Path.of("config/spark.jvm").toAbsolutePath());
    words.addAll(
        List.of(
            "-Xmx256m",
            "-cp",
            "target/classes"
                + File.pathSeparator
                + "target/lib/*"
                + File.pathSeparator
                + "target/test-classes"));
    words.add(CommitRace.class.getName());
    words.add(logStore.getName());
    words.add("s3a://%s/%s/_delta_log".formatted(ObjectStore.BUCKET, name));
    words.add(Integer.toString(VERSIONS));
    words.add(Long.toString(start));
    try {
      List<Process> writers = new ArrayList<>();
      List<Path> logs = new ArrayList<>();
      List<Path> results = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        Path log = Files.createTempFile(folder, name + "-", ".log");
        Path written = Files.createTempFile(folder, name + "-", ".written");
        logs.add(log);
        results.add(written);
        List<String> own = new ArrayList<>(words);
        own.add(written.toString());
        store.settings().forEach((setting, value) -> own.add(setting + "=" + value));
        ProcessBuilder builder =
            new ProcessBuilder(own).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(ObjectStore.credentials());
        writers.add(builder.start());
      }
      long wins = 0;
      for (int writer = 0; writer < 2; writer++) {
        assertThat(writers.get(writer).waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(logs.get(writer));
        assertThat(writers.get(writer).exitValue()).as(said).isZero();
        wins += Files.readAllLines(results.get(writer)).size();
      }
      return wins;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
