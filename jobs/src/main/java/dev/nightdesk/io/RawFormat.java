package dev.nightdesk.io;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the files of an entity are written, where the files themselves do not say.
 *
 * @param fields the fields of the contract, each with the names that dumps are known to give it
 * @param nested the fields that may hold an object or a list
 * @param columns field to the name that this source gives it, in place of the known ones; a CSV
 *     must have these columns
 * @param delimiter the delimiter of a CSV
 * @param envelope what its records may be wrapped in
 */
public record RawFormat(
    Map<String, List<String>> fields,
    Set<String> nested,
    Map<String, String> columns,
    char delimiter,
    Envelope envelope)
    implements Serializable {

  /** Names are kept in the order of the contract. */
  public RawFormat {
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    nested = Set.copyOf(nested);
    columns = Map.copyOf(columns);
  }

  /** The fields, in the contract's order. */
  List<String> fieldNames() {
    return List.copyOf(fields.keySet());
  }

  /** The names that a field may have in a dump. */
  List<String> namesOf(String field) {
    String column = columns.get(field);
    return column == null ? fields.get(field) : List.of(column);
  }

  /** The field of each name that a dump may use; what the configuration names goes first. */
  Map<String, String> fieldOfName() {
    Map<String, String> fieldOfName = new HashMap<>();
    List<String> configuredFirst = new ArrayList<>(fieldNames());
    configuredFirst.sort((a, b) -> Boolean.compare(columns.containsKey(b), columns.containsKey(a)));
    configuredFirst.forEach(
        field -> namesOf(field).forEach(name -> fieldOfName.putIfAbsent(name, field)));
    return fieldOfName;
  }

  /** The names of each field that are no other field's: of several in a dump the first counts. */
  Map<String, List<String>> ownNames() {
    Map<String, String> fieldOfName = fieldOfName();
    Map<String, List<String>> ownNames = new LinkedHashMap<>();
    for (String field : fieldNames()) {
      ownNames.put(
          field,
          namesOf(field).stream().filter(name -> field.equals(fieldOfName.get(name))).toList());
    }
    return ownNames;
  }
}
