package dev.nightdesk.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the records of an entity come wrapped in: pages of an API, or the messages of a connector.
 *
 * <p>A page is an object that holds its records in an array ({@code
 * {"tickets":[…],"next_page":…}}). A connector writes one message a line: Airbyte {@code
 * {"stream","data","emitted_at"}}, also below {@code {"type":"RECORD","record":…}} or as {@code
 * _airbyte_data}; Singer {@code {"type":"RECORD","stream","record"}}. Their other messages (states,
 * schemas, logs) are no records.
 *
 * @param pages names of the arrays that hold its records in a page
 * @param streams what connectors call its records
 * @param isShared whether its files hold other entities, too
 */
public record Envelope(List<String> pages, List<String> streams, boolean isShared)
    implements Serializable {

  /** Each kind of message that is no record, with what it carries. */
  private static final Map<String, Set<String>> OTHER_MESSAGES =
      Map.ofEntries(
          Map.entry("STATE", Set.of("value", "state")),
          Map.entry("SCHEMA", Set.of("schema")),
          Map.entry("ACTIVATE_VERSION", Set.of("version")),
          Map.entry("BATCH", Set.of("manifest")),
          Map.entry("LOG", Set.of("log")),
          Map.entry("TRACE", Set.of("trace")),
          Map.entry("CATALOG", Set.of("catalog")),
          Map.entry("SPEC", Set.of("spec")),
          Map.entry("CONNECTION_STATUS", Set.of("connectionStatus")),
          Map.entry("CONTROL", Set.of("control")));

  /** What only a page has: where the next one is. */
  private static final Set<String> MARKS_OF_A_PAGE =
      Set.of("next_page", "end_of_stream", "after_cursor", "end_time");

  /** Records are as the entity has them, in nothing else. */
  public static final Envelope NONE = new Envelope(List.of(), List.of(), false);

  public Envelope {
    pages = List.copyOf(pages);
    streams = List.copyOf(streams);
  }

  /**
   * What a value of a file holds.
   *
   * @param records the records of this entity in it
   * @param isPage whether it was a page
   * @param otherStream the stream to which a connector's record belongs, if that is another one;
   *     null otherwise
   */
  record Content(List<JsonNode> records, boolean isPage, String otherStream) {

    static Content of(JsonNode oneRecord) {
      return new Content(List.of(oneRecord), false, null);
    }
  }

  /**
   * The records in a value of a file.
   *
   * @throws IllegalArgumentException if it is a page of something else
   */
  Content open(JsonNode value) {
    String type = value.path("type").asText("");
    JsonNode wrapped = value.path("record");
    if (type.equals("RECORD") && wrapped.isObject()) {
      return wrapped.path("stream").isTextual() && wrapped.path("data").isObject()
          ? ofStream(wrapped.path("stream").asText(), wrapped.path("data"))
          : ofStream(value.path("stream").asText(""), wrapped);
    }
    if (value.path("stream").isTextual() && value.path("data").isObject()) {
      return ofStream(value.path("stream").asText(), value.path("data"));
    }
    if (value.path("_airbyte_data").isObject()) {
      return Content.of(value.path("_airbyte_data"));
    }
    if (OTHER_MESSAGES.getOrDefault(type, Set.of()).stream().anyMatch(value::has)) {
      return new Content(List.of(), false, null);
    }
    for (String page : pages) {
      JsonNode records = value.path(page);
      if (records.isArray()) {
        List<JsonNode> elements = new ArrayList<>();
        records.forEach(elements::add);
        return new Content(elements, true, null);
      }
      if (records.isObject() && value.size() == 1) {
        return Content.of(records);
      }
    }
    if (!pages.isEmpty() && MARKS_OF_A_PAGE.stream().anyMatch(value::has)) {
      if (isShared) {
        return new Content(List.of(), true, null);
      }
      List<String> arrays = new ArrayList<>();
      value
          .properties()
          .forEach(
              property -> {
                if (property.getValue().isArray()) {
                  arrays.add(property.getKey());
                }
              });
      throw new IllegalArgumentException(
          "a page of the API that holds %s where %s belongs; put it into the folder of its entity"
              .formatted(arrays, pages));
    }
    return Content.of(value);
  }

  private Content ofStream(String stream, JsonNode data) {
    return streams.contains(stream) ? Content.of(data) : new Content(List.of(), false, stream);
  }
}
