package dev.nightdesk.io;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import dev.nightdesk.contract.RawRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

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
  private final Map<String, List<Integer>> columnsOfField = new HashMap<>();
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
    // A row that begins with # is a row: so are the numbers of orders written.
    settings.setCommentProcessingEnabled(false);
    // A failure of the file system is met by whoever reads the row.
    settings.setReadInputOnSeparateThread(false);
    // Guessing where a field ends would shift the values of the rest of the row.
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    this.delimiter = format.delimiter();
    this.parser = new CsvParser(settings);
    this.header = parseHeader(reader);
    if (header == null) {
      throw new UnreadableDump(path, "it has no header");
    }
    Map<String, Integer> columnOfName = new HashMap<>();
    for (int i = 0; i < header.length; i++) {
      String name = String.valueOf(header[i]);
      if (columnOfName.put(name, i) != null) {
        throw new UnreadableDump(path, "the header has the column `%s` twice".formatted(name));
      }
      if (!format.fieldOfName().containsKey(name)) {
        unknown.add(name);
      }
    }
    format
        .ownNames()
        .forEach(
            (field, names) ->
                columnsOfField.put(
                    field,
                    names.stream().map(columnOfName::get).filter(Objects::nonNull).toList()));
    for (String column : format.columns().values()) {
      if (!columnOfName.containsKey(column)) {
        throw new UnreadableDump(
            path,
            "the configuration names the column `%s`, but the header has %s"
                .formatted(column, Arrays.toString(header)));
      }
    }
    if (unknown.size() == header.length) {
      // Of a header that is none, or has another delimiter, nobody would miss the records.
      throw new UnreadableDump(
          path,
          "its first row %s names none of the fields %s; look at the delimiter, `%s`"
              .formatted(Arrays.toString(header), format.fieldNames(), delimiter));
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

  private String[] parseHeader(BufferedReader reader) {
    try {
      parser.beginParsing(reader);
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
    return parseRow();
  }

  private String[] parseRow() {
    try {
      return parser.parseNext();
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** The parser wraps what the file system says. */
  private UnreadableDump unreadable(RuntimeException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        // The end of a compressed file that breaks off has no words.
        String why = cause.getMessage() == null ? "it breaks off" : cause.getMessage();
        return new UnreadableDump(path, "after record %d: %s".formatted(position, why), e);
      }
    }
    if (e instanceof TextParsingException syntax) {
      return new UnreadableDump(
          path,
          "record %d, line %d: a quote inside of a quoted field is not doubled, or a field has more than %d characters; look for an unclosed quote"
              .formatted(position + 1, syntax.getLineIndex() + 1, LONGEST_FIELD),
          e);
    }
    throw e;
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
    for (Map.Entry<String, List<Integer>> field : columnsOfField.entrySet()) {
      for (int column : field.getValue()) {
        if (row[column] != null) {
          values.putIfAbsent(field.getKey(), row[column]);
        }
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
