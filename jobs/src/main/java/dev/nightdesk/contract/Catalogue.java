package dev.nightdesk.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The files of {@code schemas/} as the jar carries them.
 *
 * <p>The build writes {@code schemas/index.txt}, a line a file, because a folder of a jar cannot be
 * listed.
 */
public final class Catalogue {

  private static final String ROOT = "/schemas/";
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private Catalogue() {}

  /** Whether {@code schemas/path} exists. */
  public static boolean has(String path) {
    return Catalogue.class.getResource(ROOT + path) != null;
  }

  /** Paths below {@code schemas/} that start with a prefix, sorted. */
  public static List<String> list(String prefix) {
    return text("index.txt").lines().filter(path -> path.startsWith(prefix)).sorted().toList();
  }

  /**
   * A file's text.
   *
   * @throws ContractViolation if there is no such file
   */
  public static String text(String path) {
    try (InputStream stream = Catalogue.class.getResourceAsStream(ROOT + path)) {
      if (stream == null) {
        throw new ContractViolation(
            "schemas/%s does not exist. Add it, and build again.".formatted(path));
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("schemas/%s cannot be read".formatted(path), e);
    }
  }

  /**
   * A YAML file as a map.
   *
   * @throws ContractViolation if there is no such file, or if it is no map
   */
  public static Map<String, Object> yaml(String path) {
    return parseYaml("schemas/" + path, text(path));
  }

  /**
   * YAML text as a map.
   *
   * @param name what to call the text in errors
   * @throws ContractViolation if it is no YAML map; the message names line and column
   */
  public static Map<String, Object> parseYaml(String name, String text) {
    try {
      Map<String, Object> map = YAML.readValue(text, new TypeReference<Map<String, Object>>() {});
      return map == null ? Map.of() : map;
    } catch (JsonProcessingException e) {
      throw new ContractViolation(
          "%s is not readable YAML at line %d, column %d: %s"
              .formatted(
                  name,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
  }
}
