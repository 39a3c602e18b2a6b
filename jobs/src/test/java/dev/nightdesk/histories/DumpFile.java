package dev.nightdesk.histories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.RawField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file of a raw dump.
 *
 * @param name without its ending, which follows from the entity
 * @param versions its records, in order
 */
public record DumpFile(
    String source, String entity, LocalDate date, String name, List<Version> versions) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> AS_CSV =
      Set.of("survey", "agent_shift", "social_mention", "macro_use");
  private static final Set<String> AS_ARRAY = Set.of("customer", "self_service_session");

  /** Where it lies, in words that are the same for all its contents. */
  String place() {
    return String.join("/", source, entity, date.toString(), name);
  }

  /** Writes it where a raw area has it. */
  public void write(Path raw) {
    Path file =
        raw.resolve(source)
            .resolve(entity)
            .resolve("dt=" + date)
            .resolve(
                name
                    + (AS_CSV.contains(entity)
                        ? ".csv"
                        : AS_ARRAY.contains(entity) ? ".json" : ".jsonl"));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text() {
    if (AS_CSV.contains(entity)) {
      return csv();
    }
    List<String> records = versions.stream().map(version -> json(version.fields())).toList();
    return AS_ARRAY.contains(entity)
        ? "[" + String.join(",\n", records) + "]\n"
        : String.join("\n", records) + "\n";
  }

  private String csv() {
    List<String> header =
        RawContract.of("canonical", entity).fields().stream().map(RawField::name).toList();
    StringBuilder text = new StringBuilder(String.join(",", header)).append('\n');
    for (Version version : versions) {
      text.append(
              header.stream()
                  .map(name -> version.fields().get(name))
                  .map(value -> value == null ? "" : value.toString())
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  private static String json(Map<String, Object> fields) {
    Map<String, Object> texts = new LinkedHashMap<>(fields);
    texts.replaceAll((name, value) -> value instanceof Instant ? value.toString() : value);
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
