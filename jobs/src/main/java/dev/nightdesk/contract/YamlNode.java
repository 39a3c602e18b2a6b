package dev.nightdesk.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A map of a YAML file that knows where it stands, so that every error names the place.
 *
 * <p>Absent and null are the same.
 */
public final class YamlNode {

  private final String place;
  private final Map<String, Object> values;

  public YamlNode(String place, Map<String, Object> values) {
    this.place = place;
    this.values = values;
  }

  /** File and path of the map. */
  public String place() {
    return place;
  }

  /** The map's keys, in the file's order. */
  public Set<String> keys() {
    return values.keySet();
  }

  public boolean has(String key) {
    return values.get(key) != null;
  }

  /** Whether the key holds a list. */
  public boolean isList(String key) {
    return values.get(key) instanceof List;
  }

  /** The value of a key as it stands there: text, number, flag, list, map; null if it is absent. */
  public Object value(String key) {
    return values.get(key);
  }

  /**
   * The text of a key.
   *
   * @throws ContractViolation if it is absent or no scalar
   */
  public String text(String key) {
    Object value = values.get(key);
    if (value == null) {
      throw new ContractViolation("%s lacks `%s`. Add it.".formatted(place, key));
    }
    return scalar(key, value);
  }

  /** The text of a key, or {@code fallback} if it is absent. */
  public String textOr(String key, String fallback) {
    Object value = values.get(key);
    return value == null ? fallback : scalar(key, value);
  }

  /** True only if the key says true. */
  public boolean flag(String key) {
    String text = textOr(key, "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new ContractViolation(
          "%s: `%s` is %s. Write true or false.".formatted(place, key, text));
    }
    return text.equals("true");
  }

  /** The texts of a list; empty if it is absent. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(key)) {
      texts.add(scalar(key, value));
    }
    return texts;
  }

  /** The maps of a list; empty if it is absent. */
  public List<YamlNode> nodes(String key) {
    List<YamlNode> nodes = new ArrayList<>();
    for (Object value : list(key)) {
      nodes.add(new YamlNode(place + ": " + key + "[" + nodes.size() + "]", map(key, value)));
    }
    return nodes;
  }

  /** The map under a key; empty if it is absent. */
  public YamlNode node(String key) {
    Object value = values.get(key);
    return new YamlNode(place + ": " + key, value == null ? Map.of() : map(key, value));
  }

  /** The map under a key as texts; empty if it is absent. */
  public Map<String, String> textMap(String key) {
    YamlNode node = node(key);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : node.keys()) {
      texts.put(name, node.text(name));
    }
    return texts;
  }

  /**
   * Refuses keys that nobody reads: a misspelt key must not pass in silence.
   *
   * @throws ContractViolation if there is a key that {@code known} lacks
   */
  public YamlNode knowing(Set<String> known) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new ContractViolation(
            "%s has the unknown key `%s`. Known are %s."
                .formatted(place, key, known.stream().sorted().toList()));
      }
    }
    return this;
  }

  private List<?> list(String key) {
    Object value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new ContractViolation("%s: `%s` is %s. Write a list.".formatted(place, key, value));
  }

  private String scalar(String key, Object value) {
    if (value instanceof Map || value instanceof List) {
      throw new ContractViolation("%s: `%s` is %s. Write one value.".formatted(place, key, value));
    }
    return String.valueOf(value);
  }

  @SuppressWarnings("unchecked") // Jackson gives string keys for YAML maps.
  private Map<String, Object> map(String key, Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new ContractViolation("%s: `%s` is %s. Write a map.".formatted(place, key, value));
  }
}
