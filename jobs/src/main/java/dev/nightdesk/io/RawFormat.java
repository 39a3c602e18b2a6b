package dev.nightdesk.io;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the files of an entity are written, where the files themselves do not say.
 *
 * @param fields the fields of the contract, each with the names that dumps are known to give it
 * @param columns field to the name that this source gives it, in place of the known ones; a CSV
 *     must have these columns
 * @param delimiter the delimiter of a CSV
 * @param envelope what its records may be wrapped in
 */
public record RawFormat(
    Map<String, List<String>> fields,
    Map<String, String> columns,
    char delimiter,
    Envelope envelope)
    implements Serializable {

  /** Names are kept in the order of the contract. */
  public RawFormat {
    fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
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

  /** The field of each name that a dump may use. */
  Map<String, String> fieldOfName() {
    Map<String, String> fieldOfName = new HashMap<>();
    fields
        .keySet()
        .forEach(field -> namesOf(field).forEach(name -> fieldOfName.putIfAbsent(name, field)));
    return fieldOfName;
  }
}
