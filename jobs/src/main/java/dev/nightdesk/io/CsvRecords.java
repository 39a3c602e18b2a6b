package dev.nightdesk.io;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The records of a CSV file with a header. Columns are found by their name, never by their place.
 */
final class CsvRecords implements Iterator<RawRecord> {

  // An unclosed quote swallows the rest of the file into one field: better to stop early and say
  // so.
  private static final int LONGEST_FIELD = 4 * 1024 * 1024;

  private final String path;
  private final CsvParser parser;
  private final String[] header;
  private final String[] fieldOfHeader;
  private final List<String> unknown = new ArrayList<>();
  private long position;
  private RawRecord next;

  CsvRecords(String path, BufferedReader reader, RawFormat format) {
    this.path = path;
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(format.delimiter());
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setMaxCharsPerColumn(LONGEST_FIELD);
    settings.setMaxColumns(2048);
    settings.setSkipEmptyLines(true);
    this.parser = new CsvParser(settings);
    parser.beginParsing(reader);
    this.header = parseRow();
    if (header == null) {
      throw new UnreadableDump(path, "it has no header");
    }
    Map<String, String> fieldOfColumn = new HashMap<>();
    format.fields().forEach(field -> fieldOfColumn.put(format.columnOf(field), field));
    this.fieldOfHeader = new String[header.length];
    for (int i = 0; i < header.length; i++) {
      fieldOfHeader[i] = header[i] == null ? null : fieldOfColumn.remove(header[i]);
      if (fieldOfHeader[i] == null) {
        unknown.add(String.valueOf(header[i]));
      }
    }
    for (String column : format.columns().values()) {
      if (fieldOfColumn.containsKey(column)) {
        throw new UnreadableDump(
            path,
            "the configuration names the column `%s`, but the header has %s"
                .formatted(column, Arrays.toString(header)));
      }
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

  private String[] parseRow() {
    try {
      return parser.parseNext();
    } catch (TextParsingException e) {
      throw new UnreadableDump(
          path,
          "record %d, line %d: a field has more than %d characters; look for an unclosed quote"
              .formatted(position + 1, e.getLineIndex(), LONGEST_FIELD));
    }
  }

  private RawRecord read() {
    String[] row = parseRow();
    if (row == null) {
      return null;
    }
    position++;
    String text = parser.getContext().currentParsedContent();
    text = text == null ? String.join(",", row) : text.stripTrailing();
    if (row.length != header.length) {
      return RawRecord.unreadable(
          position,
          text,
          "the row has %d columns, the header %d".formatted(row.length, header.length));
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      if (fieldOfHeader[i] != null && row[i] != null) {
        values.put(fieldOfHeader[i], row[i]);
      }
    }
    return new RawRecord(position, text, values, unknown, null);
  }
}
