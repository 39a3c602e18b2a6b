package dev.nightdesk.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The records of a JSON file: one object a line, or one array of objects. */
final class JsonRecords implements Iterator<RawRecord> {

  // A longer line is no record but a broken file; parsing it would cost memory for nothing.
  private static final int LONGEST_LINE = 16 * 1024 * 1024;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  // A second object on the line would be lost without a word.
  private static final ObjectReader LINE =
      MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String path;
  private final BufferedReader reader;
  private final JsonParser array;
  private final Map<String, String> fieldOfColumn = new HashMap<>();
  private long position;
  private RawRecord next;

  JsonRecords(String path, BufferedReader reader, RawFormat format) throws IOException {
    this.path = path;
    this.reader = reader;
    format.fields().forEach(field -> fieldOfColumn.put(format.columnOf(field), field));
    this.array = firstCharacter(reader) == '[' ? MAPPER.createParser(reader) : null;
    if (array != null) {
      array.nextToken();
    }
    this.next = read();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public RawRecord next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    RawRecord current = next;
    next = read();
    return current;
  }

  private static int firstCharacter(BufferedReader reader) throws IOException {
    int character;
    do {
      reader.mark(1);
      character = reader.read();
    } while (character != -1 && Character.isWhitespace(character));
    reader.reset();
    return character;
  }

  private RawRecord read() {
    try {
      return array == null ? readLine() : readElement();
    } catch (IOException e) {
      throw new UnreadableDump(path, "after record %d: %s".formatted(position, firstLine(e)));
    }
  }

  private RawRecord readLine() throws IOException {
    String line;
    do {
      line = reader.readLine();
      if (line == null) {
        return null;
      }
    } while (line.isBlank());
    position++;
    if (line.length() > LONGEST_LINE) {
      return RawRecord.unreadable(
          position,
          line.substring(0, 200),
          "the line has %d characters, more than %d".formatted(line.length(), LONGEST_LINE));
    }
    try {
      return record(line, LINE.readTree(line));
    } catch (JsonProcessingException e) {
      return RawRecord.unreadable(position, line, "no JSON object: " + firstLine(e));
    }
  }

  private RawRecord readElement() throws IOException {
    JsonToken token = array.nextToken();
    if (token == JsonToken.END_ARRAY) {
      return null;
    }
    if (token == null) {
      throw new UnreadableDump(path, "the array is cut short after record " + position);
    }
    position++;
    JsonNode element = array.readValueAsTree();
    return record(element.toString(), element);
  }

  private RawRecord record(String text, JsonNode node) {
    if (!node.isObject()) {
      return RawRecord.unreadable(position, text, "no JSON object");
    }
    Map<String, String> values = new HashMap<>();
    List<String> unknown = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      String field = fieldOfColumn.get(property.getKey());
      if (field == null) {
        unknown.add(property.getKey());
      } else if (!property.getValue().isNull()) {
        JsonNode value = property.getValue();
        values.put(field, value.isContainerNode() ? value.toString() : value.asText());
      }
    }
    return new RawRecord(position, text, values, unknown, null);
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
