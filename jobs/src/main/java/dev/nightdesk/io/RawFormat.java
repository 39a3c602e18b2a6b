package dev.nightdesk.io;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How the files of an entity are written, where the files themselves do not say.
 *
 * @param fields the fields of the contract, in its order
 * @param columns field to the name that the dump gives it; a field that is not named has its own
 *     name
 * @param delimiter the delimiter of a CSV
 */
public record RawFormat(List<String> fields, Map<String, String> columns, char delimiter)
    implements Serializable {

  public RawFormat {
    fields = List.copyOf(fields);
    columns = Map.copyOf(columns);
  }

  /** The name of a field in the dump. */
  String columnOf(String field) {
    return columns.getOrDefault(field, field);
  }
}
