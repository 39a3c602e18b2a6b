package dev.nightdesk.io;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The records of a CSV file with a header. Columns are found by their name, never by their place.
 */
final class CsvRecords implements Iterator<RawRecord> {

  // An unclosed quote swallows the rest of the file into one field: better to stop early and say
  // so.
  private static final int LONGEST_FIELD = 4 * 1024 * 1024;

  private final String path;
  private final char delimiter;
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
    // Guessing where a field ends would shift the values of the rest of the row.
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    this.delimiter = format.delimiter();
    this.parser = new CsvParser(settings);
    parser.beginParsing(reader);
    this.header = parseRow();
    if (header == null) {
      throw new UnreadableDump(path, "it has no header");
    }
    this.fieldOfHeader = new String[header.length];
    Map<String, String> fieldOfName = format.fieldOfName();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.length; i++) {
      String name = String.valueOf(header[i]);
      if (!seen.add(name)) {
        throw new UnreadableDump(path, "the header has the column `%s` twice".formatted(name));
      }
      fieldOfHeader[i] = fieldOfName.get(name);
      if (fieldOfHeader[i] == null) {
        unknown.add(name);
      }
    }
    for (String column : format.columns().values()) {
      if (!seen.contains(column)) {
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
          "record %d, line %d: a quote inside of a quoted field is not doubled, or a field has more than %d characters; look for an unclosed quote"
              .formatted(position + 1, e.getLineIndex() + 1, LONGEST_FIELD),
          e);
    }
  }

  private RawRecord read() {
    String[] row = parseRow();
    if (row == null) {
      return null;
    }
    position++;
    String text = parser.getContext().currentParsedContent();
    boolean isEnded = text != null && text.endsWith("\n");
    text = text == null ? String.join(",", row) : text.stripTrailing();
    if (endsInsideQuotes(text, delimiter)) {
      // Every row behind the quote is part of this one.
      throw new UnreadableDump(
          path, "record %d: a quote that opens a field is never closed".formatted(position));
    }
    if (row.length != header.length && !isEnded) {
      throw new UnreadableDump(
          path,
          "it breaks off in record %d, which has %d columns where the header has %d"
              .formatted(position, row.length, header.length));
    }
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

  private static boolean endsInsideQuotes(String row, char delimiter) {
    boolean isInside = false;
    boolean isQuoted = false;
    boolean isFieldBegun = false;
    for (int i = row.indexOf('"') < 0 ? row.length() : 0; i < row.length(); i++) {
      char character = row.charAt(i);
      if (isInside) {
        // A doubled quote closes and opens again.
        isInside = character != '"';
      } else if (character == '"' && !isFieldBegun) {
        isInside = true;
        isQuoted = true;
        isFieldBegun = true;
      } else if (character == '"' && isQuoted && row.charAt(i - 1) == '"') {
        isInside = true;
      } else if (character == delimiter) {
        isQuoted = false;
        isFieldBegun = false;
      } else if (character != ' ') {
        isFieldBegun = true;
      }
    }
    return isInside;
  }
}
