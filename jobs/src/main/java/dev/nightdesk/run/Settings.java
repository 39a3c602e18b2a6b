package dev.nightdesk.run;

import dev.nightdesk.contract.Catalogue;
import dev.nightdesk.contract.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration as texts with their origins: options beat the environment, which beats the
 * file, which beats the defaults.
 */
final class Settings {

  private static final String DEFAULTS = "/nightdesk-defaults.yaml";
  private static final String SECRET = "hash-salt";

  private final YamlNode root;
  private final Map<String, String> origins;
  private final Map<String, Object> tree;
  private final Path file;

  private Settings(Map<String, Object> tree, Map<String, String> origins, Path file) {
    this.tree = tree;
    this.origins = origins;
    this.file = file;
    this.root = new YamlNode(file == null ? "the configuration" : file.toString(), tree);
  }

  /**
   * Reads and merges.
   *
   * @param file the configuration file; null for none
   * @param environment the process's environment: {@code NIGHTDESK_RAW} sets {@code raw}, {@code
   *     NIGHTDESK_REPORTING_ZONE} sets {@code reporting.zone}
   * @param options settings of the command line
   */
  static Settings read(Path file, Map<String, String> environment, Map<String, String> options) {
    Map<String, String> origins = new TreeMap<>();
    Map<String, Object> tree = new LinkedHashMap<>();
    merge(tree, Catalogue.parseYaml("the defaults", defaults()), "", "default", origins);
    List<String> known = new ArrayList<>(origins.keySet());
    if (file != null) {
      Map<String, Object> given = Catalogue.parseYaml(file.toString(), text(file));
      for (String key : given.keySet()) {
        if (!tree.containsKey(key)) {
          throw NightdeskException.usage(
              "%s has the unknown key `%s`. Known are %s.".formatted(file, key, tree.keySet()));
        }
      }
      merge(tree, given, "", file.getFileName().toString(), origins);
    }
    for (String key : known) {
      String variable =
          "NIGHTDESK_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
      if (environment.containsKey(variable)) {
        set(tree, key, environment.get(variable));
        origins.put(key, variable);
      }
    }
    options.forEach(
        (key, value) -> {
          set(tree, key, value);
          origins.put(key, "--" + key);
        });
    return new Settings(tree, origins, file);
  }

  /** The settings as a tree. */
  YamlNode root() {
    return root;
  }

  /** The file that they come from; null for none. */
  Path file() {
    return file;
  }

  /** Where a setting comes from: default, the file's name, a variable, an option. */
  String origin(String key) {
    return origins.getOrDefault(key, "default");
  }

  /** Every setting in one line: key, value, origin; secrets masked. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    origins.forEach(
        (key, origin) -> {
          String value = String.valueOf(get(tree, key));
          boolean isSecret = key.equals(SECRET) && !value.isEmpty();
          lines.add("%s: %s  # %s".formatted(key, isSecret ? "********" : value, origin));
        });
    return lines;
  }

  @SuppressWarnings("unchecked") // Jackson gives string keys for YAML maps.
  private static void merge(
      Map<String, Object> into,
      Map<String, Object> from,
      String prefix,
      String origin,
      Map<String, String> origins) {
    from.forEach(
        (key, value) -> {
          String path = prefix + key;
          if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            Object existing = into.get(key);
            Map<String, Object> child =
                existing instanceof Map<?, ?> present
                    ? new LinkedHashMap<>((Map<String, Object>) present)
                    : new LinkedHashMap<>();
            merge(child, (Map<String, Object>) map, path + ".", origin, origins);
            into.put(key, child);
          } else {
            into.put(key, value);
            origins.put(path, origin);
          }
        });
  }

  @SuppressWarnings("unchecked") // As in merge.
  private static void set(Map<String, Object> tree, String path, String value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      tree.put(path, value);
    } else {
      set((Map<String, Object>) tree.get(path.substring(0, dot)), path.substring(dot + 1), value);
    }
  }

  @SuppressWarnings("unchecked") // As in merge.
  private static Object get(Map<String, Object> tree, String path) {
    if (tree.containsKey(path)) {
      return tree.get(path);
    }
    // A key may hold a dot itself; the longest prefix that is a key leads on.
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      if (tree.get(path.substring(0, dot)) instanceof Map<?, ?> child) {
        return get((Map<String, Object>) child, path.substring(dot + 1));
      }
    }
    return null;
  }

  private static String defaults() {
    try (InputStream stream = Settings.class.getResourceAsStream(DEFAULTS)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The defaults cannot be read", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw NightdeskException.usage(
          "The configuration %s cannot be read. Name an existing file with --config or NIGHTDESK_CONFIG."
              .formatted(file));
    }
  }
}
