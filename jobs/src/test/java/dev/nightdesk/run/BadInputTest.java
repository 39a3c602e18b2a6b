package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.DumpRecord;
import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.YamlNode;
import dev.nightdesk.io.Envelope;
import dev.nightdesk.io.RawFile;
import dev.nightdesk.io.RawFormat;
import dev.nightdesk.io.RawReader;
import dev.nightdesk.io.UnreadableDump;
import dev.nightdesk.run.Deliveries.Feed;
import dev.nightdesk.run.SourceConfig.Promise;
import dev.nightdesk.run.SourceConfig.Supply;
import dev.nightdesk.staged.SourceMapping;
import dev.nightdesk.staged.TextForms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of each file of {@code fixtures/bad-input}, as its {@code expected.yaml} says. */
class BadInputTest extends SparkTestBase {

  private static final Path FILES = Path.of("../fixtures/bad-input").toAbsolutePath().normalize();
  private static final LocalDate DATE = LocalDate.parse("2026-03-31");
  private static final String UPDATED = "\"updated_at\":\"2026-03-30T08:00:00Z\"}\n";
  private static final String BOB = "{\"agent_id\":18,\"name\":\"Bob\"," + UPDATED;

  /** What each readable file gave: its records in their order. */
  private static final Map<String, List<Row>> RECORDS = new HashMap<>();

  @TempDir static Path made;

  /** A file and what it should give. */
  private record Case(YamlNode node) {

    String file() {
      return node.text("file");
    }

    boolean isReadable() {
      return !node.text("outcome").equals("unreadable");
    }

    Feed feed() {
      String entity = node.text("entity");
      return new Feed(
          new SourceConfig(
              "bad",
              "canonical",
              Map.of(entity, new Supply(Promise.OPTIONAL, entity, List.of())),
              TextForms.of(ZoneId.of("Europe/Berlin"), List.of(), false, "seconds"),
              ',',
              Map.of(),
              Map.of()),
          RawContract.of("canonical", entity));
    }

    RawFormat format() {
      RawFormat format = feed().format();
      return new RawFormat(
          format.fields(),
          format.nested(),
          format.columns(),
          format.delimiter(),
          new Envelope(node.texts("pages"), List.of(), false));
    }

    RawFile rawFile() {
      try {
        Path file = (node.flag("made") ? made : FILES).resolve(file());
        return new RawFile(
            "bad", node.text("entity"), DATE, file.toUri().toString(), path(), Files.size(file), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String path() {
      return "bad/%s/dt=%s/%s".formatted(node.text("entity"), DATE, file());
    }

    JavaRDD<DumpRecord> read() {
      return new RawReader(spark()).read(Map.of(rawFile(), file()), format(), false);
    }

    @Override
    public String toString() {
      return file();
    }
  }

  private static List<Case> cases() {
    try {
      @SuppressWarnings("unchecked") // A map of texts, by the file.
      Map<String, Object> yaml =
          new ObjectMapper(new YAMLFactory())
              .readValue(Files.readString(FILES.resolve("expected.yaml")), LinkedHashMap.class);
      return new YamlNode("expected.yaml", yaml)
          .nodes("cases").stream()
              .map(
                  node ->
                      new Case(
                          node.knowing(
                              Set.of(
                                  "file", "made", "entity", "pages", "outcome", "reason", "good",
                                  "reasons", "names"))))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Case> readable() {
    return cases().stream().filter(Case::isReadable).toList();
  }

  private static List<Case> unreadable() {
    return cases().stream().filter(each -> !each.isReadable()).toList();
  }

  /** One job for all files of an entity: a job for each would cost minutes. */
  @BeforeAll
  static void readFiles() throws IOException {
    makeLargeFiles();
    Map<String, List<Case>> byEntity =
        readable().stream().collect(Collectors.groupingBy(each -> each.node().text("entity")));
    for (List<Case> ofEntity : byEntity.values()) {
      Map<RawFile, String> files = new HashMap<>();
      ofEntity.forEach(each -> files.put(each.rawFile(), each.file()));
      Feed feed = ofEntity.get(0).feed();
      Dataset<Row> typed =
          feed.mapping()
              .traced(spark(), new RawReader(spark()).read(files, ofEntity.get(0).format(), true));
      boolean hasName = List.of(typed.columns()).contains("name");
      typed
          .select(
              functions.col("_file_id").as("file"),
              functions.col("_position").as("position"),
              SourceMapping.isGood().as("is_good"),
              functions.array_join(functions.col("_reasons"), "; ").as("reasons"),
              (hasName ? functions.col("name") : functions.lit(null)).as("name"))
          .orderBy("file", "position")
          .collectAsList()
          .forEach(
              row ->
                  RECORDS.computeIfAbsent(row.getAs("file"), file -> new ArrayList<>()).add(row));
    }
  }

  private static void makeLargeFiles() throws IOException {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    String deepAgent = "{\"agent_id\":17,\"name\":\"Ann\",\"roles\":" + deep + "," + UPDATED;
    Files.writeString(made.resolve("deep.jsonl"), deepAgent + BOB);
    Files.writeString(made.resolve("deep.json"), "[" + BOB + "," + deepAgent + "]");
    Files.writeString(
        made.resolve("huge-field.csv"),
        "agent_id,name,updated_at\n17,\"" + "x".repeat(5 << 20) + "\",2026-03-30T08:00:00Z\n");
    Files.writeString(
        made.resolve("huge-field.jsonl"),
        "{\"agent_id\":17,\"name\":\"" + "x".repeat(17 << 20) + "\"," + UPDATED + BOB);
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void aFileThatCannotBeReadToItsEndIsNamedWithTheCause(Case unreadable) {
    assertThatThrownBy(() -> unreadable.read().count())
        .satisfies(
            e ->
                assertThat(causes(e))
                    .filteredOn(UnreadableDump.class::isInstance)
                    .singleElement()
                    .satisfies(
                        dump ->
                            assertThat(dump.getMessage())
                                .contains(unreadable.path(), unreadable.node().text("reason"))
                                .doesNotContain(": null")));
  }

  private static List<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause).toList();
  }

  @ParameterizedTest
  @MethodSource("readable")
  void aRecordIsReadAsItIsOrRefusedWithTheReason(Case readable) {
    List<Row> records = RECORDS.getOrDefault(readable.file(), List.of());
    List<Row> good = records.stream().filter(row -> row.<Boolean>getAs("is_good")).toList();
    List<String> reasons =
        records.stream()
            .filter(row -> !row.<Boolean>getAs("is_good"))
            .map(row -> row.<String>getAs("reasons"))
            .toList();
    List<String> expected = readable.node().texts("reasons");

    assertThat(good).hasSize(Integer.parseInt(readable.node().text("good")));
    assertThat(reasons).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(reasons.get(i)).contains(expected.get(i));
    }
    assertThat(expected.isEmpty()).isEqualTo(readable.node().text("outcome").equals("read"));
    if (readable.node().has("names")) {
      assertThat(good.stream().map(row -> row.<String>getAs("name")))
          .containsExactlyElementsOf(readable.node().texts("names"));
    }
  }

  @Test
  void everyFileOfTheCorpusHasItsCase() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(file -> !file.equals("expected.yaml"))
          .containsExactlyInAnyOrderElementsOf(
              cases().stream()
                  .filter(each -> !each.node().flag("made"))
                  .map(Case::file)
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
