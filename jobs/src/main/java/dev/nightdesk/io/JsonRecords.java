package dev.nightdesk.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import dev.nightdesk.contract.RawRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The records of a JSON file: one value a line, one array of values, or values over many lines;
 * each a record or an {@linkplain Envelope envelope} of records.
 *
 * <p>Of a file with a value a line, a line that is no JSON is a refused record. A page that is
 * none, a last line that breaks off, and anything wrong in the other forms end the file: what it
 * held can no more be told apart.
 */
final class JsonRecords implements Iterator<RawRecord> {

  // A longer line is a page that nobody asks for at once, or a broken file.
  private static final int LONGEST_LINE = 64 * 1024 * 1024;
  // A longer text is no message of a customer; parsing it would cost memory for nothing.
  private static final int LONGEST_TEXT = 16 * 1024 * 1024;
  private static final int LONGEST_QUOTE = 200;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(new WholeNumbers());
  // A second object on the line would be lost without a word.
  private static final ObjectReader LINE =
      MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String path;
  private final RawFormat format;
  private final Map<String, String> fieldOfName;
  private final Map<String, List<String>> namesOfField;
  private final Values values;
  private final Deque<RawRecord> ready = new ArrayDeque<>();
  private final Set<String> otherStreams = new TreeSet<>();
  private boolean isRecordSeen;
  private boolean isPageSeen;
  private long position;

  JsonRecords(String path, BufferedReader reader, RawFormat format) throws IOException {
    this.path = path;
    this.format = format;
    this.fieldOfName = format.fieldOfName();
    this.namesOfField = format.ownNames();
    this.values = values(reader);
    fill();
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty();
  }

  @Override
  public RawRecord next() {
    if (ready.isEmpty()) {
      throw new NoSuchElementException();
    }
    RawRecord current = ready.remove();
    if (ready.isEmpty()) {
      fill();
    }
    return current;
  }

  /** The values of a file, one after the other. */
  private interface Values {

    /** The next value; null after the last. */
    JsonNode next() throws IOException;

    /**
     * The text of the value that {@link #next} gave, or failed to give; null if it lies in a larger
     * whole.
     */
    default String text() {
      return null;
    }

    /** Whether another value can be read after a failure. */
    default boolean canGoOn() {
      return false;
    }
  }

  private static Values values(BufferedReader reader) throws IOException {
    if (firstCharacter(reader) == '[') {
      return new ArrayValues(MAPPER.createParser(reader));
    }
    reader.mark(2 * LONGEST_LINE);
    Lines ahead = new Lines(reader, LONGEST_LINE);
    boolean hasFirst = ahead.next();
    boolean isLinewise = !hasFirst || isValue(ahead.line());
    if (!isLinewise) {
      // A value over many lines is indented; a broken first line stands above another value.
      isLinewise = ahead.next() && ahead.line().startsWith("{");
    }
    reader.reset();
    // Else the buffer would grow up to the place that the former mark allows.
    reader.mark(1);
    return isLinewise
        ? new LineValues(new Lines(reader, LONGEST_LINE))
        : new TreeValues(MAPPER.createParser(reader));
  }

  private static boolean isValue(String line) {
    try {
      LINE.readTree(line);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
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

  /** Reads on until there is a record, or the file ends. */
  private void fill() {
    try {
      while (ready.isEmpty()) {
        JsonNode value;
        try {
          value = values.next();
        } catch (JsonProcessingException e) {
          refuseOrEnd(e);
          continue;
        }
        if (value == null) {
          requireOwnStream();
          return;
        }
        open(value);
      }
    } catch (IOException e) {
      throw unreadable(firstLine(e), e);
    }
  }

  private void open(JsonNode value) {
    Envelope.Content content;
    try {
      content = format.envelope().open(value);
    } catch (IllegalArgumentException e) {
      throw unreadable(e.getMessage(), e);
    }
    isPageSeen |= content.isPage();
    isRecordSeen |= content.isPage() || !content.records().isEmpty();
    if (content.otherStream() != null) {
      otherStreams.add(content.otherStream());
      position++;
    }
    boolean isWhole = content.records().size() == 1 && content.records().get(0) == value;
    for (JsonNode node : content.records()) {
      position++;
      String text = isWhole ? values.text() : null;
      ready.add(readRecord(text == null ? node.toString() : text, node));
    }
  }

  private void refuseOrEnd(JsonProcessingException problem) {
    if (!values.canGoOn() || isPageSeen) {
      throw unreadable(firstLine(problem), problem);
    }
    position++;
    isRecordSeen = true;
    String text = values.text();
    ready.add(
        RawRecord.unreadable(
            position,
            text.length() > LONGEST_LINE ? text.substring(0, LONGEST_QUOTE) : text,
            "no JSON object: " + firstLine(problem)));
  }

  /** A file of nothing but other streams is in the wrong folder, or its stream has another name. */
  private void requireOwnStream() {
    if (!isRecordSeen && !otherStreams.isEmpty() && !format.envelope().isShared()) {
      throw new UnreadableDump(
          path,
          "it holds the streams %s and none of %s; name the right one as `stream` of the entity"
              .formatted(otherStreams, format.envelope().streams()));
    }
  }

  private UnreadableDump unreadable(String why, Exception cause) {
    return new UnreadableDump(path, "after record %d: %s".formatted(position, why), cause);
  }

  private RawRecord readRecord(String text, JsonNode node) {
    if (!node.isObject()) {
      return RawRecord.unreadable(position, text, "no JSON object");
    }
    Map<String, String> fields = new HashMap<>();
    for (Map.Entry<String, List<String>> field : namesOfField.entrySet()) {
      JsonNode value = first(node, field.getValue());
      if (value != null && value.isContainerNode() && !format.nested().contains(field.getKey())) {
        return RawRecord.unreadable(
            position,
            text,
            "`%s` is an object or a list where one value belongs".formatted(field.getKey()));
      }
      if (value != null) {
        fields.put(field.getKey(), value.isContainerNode() ? value.toString() : value.asText());
      }
    }
    List<String> unknown = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!fieldOfName.containsKey(property.getKey())) {
        unknown.add(property.getKey());
      }
    }
    return new RawRecord(position, text, fields, unknown, null);
  }

  /** The first value that is there under one of some names; null if none is. */
  private static JsonNode first(JsonNode node, List<String> names) {
    for (String name : names) {
      JsonNode value = node.get(name);
      if (value != null && !value.isNull()) {
        return value;
      }
    }
    return null;
  }

  private static String firstLine(Exception e) {
    // The end of a compressed file that breaks off has no words.
    String message = e.getMessage() == null ? "it breaks off" : e.getMessage();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /**
   * Whole numbers without decimals, wherever they stand: a connector writes the id 3600 as 3600.0,
   * and as a decimal it would become 3.6E+3, the form of a number that a spreadsheet rounded.
   */
  private static final class WholeNumbers extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;

    WholeNumbers() {
      // Exact: stripped of its zeros, a number with decimals looks like one with an exponent.
      super(true);
    }

    @Override
    public ValueNode numberNode(BigDecimal number) {
      boolean isWhole =
          number != null && number.scale() > 0 && number.stripTrailingZeros().scale() <= 0;
      return isWhole ? numberNode(number.toBigIntegerExact()) : super.numberNode(number);
    }
  }

  /** One value a line. */
  private static final class LineValues implements Values {

    private final Lines lines;

    LineValues(Lines lines) {
      this.lines = lines;
    }

    @Override
    public JsonNode next() throws IOException {
      return lines.next() ? LINE.readTree(lines.line()) : null;
    }

    @Override
    public String text() {
      return lines.line();
    }

    @Override
    public boolean canGoOn() {
      // A dump ends its last line; one that breaks off was cut, and nobody knows what is missing.
      return lines.isEnded();
    }
  }

  /** The elements of one array. */
  private static final class ArrayValues implements Values {

    private final JsonParser parser;

    ArrayValues(JsonParser parser) throws IOException {
      this.parser = parser;
      parser.nextToken();
    }

    @Override
    public JsonNode next() throws IOException {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.END_ARRAY) {
        if (parser.nextToken() != null) {
          throw new IOException("something follows the end of the array");
        }
        return null;
      }
      if (token == null) {
        throw new IOException("the array is cut short");
      }
      return parser.readValueAsTree();
    }
  }

  /** Values that go over many lines, one after the other. */
  private static final class TreeValues implements Values {

    private final JsonParser parser;

    TreeValues(JsonParser parser) {
      this.parser = parser;
    }

    @Override
    public JsonNode next() throws IOException {
      return parser.nextToken() == null ? null : parser.readValueAsTree();
    }
  }
}
