package dev.nightdesk.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of cells as text whose columns stand under each other, two spaces apart. */
final class Grid {

  /** On which side of its column a cell stands. */
  enum Side {
    LEFT,
    RIGHT
  }

  private static final String GAP = "  ";

  private final List<Side> sides;
  private final List<List<String>> lines = new ArrayList<>();

  Grid(List<Side> sides) {
    this.sides = List.copyOf(sides);
  }

  Grid(Side... sides) {
    this(Arrays.asList(sides));
  }

  /** Adds a line; characters that would move the cursor are written as escapes. */
  Grid add(List<String> cells) {
    if (cells.size() != sides.size()) {
      throw new IllegalArgumentException(
          "A line of %d cells does not fit a grid of %d columns: %s"
              .formatted(cells.size(), sides.size(), cells));
    }
    lines.add(cells.stream().map(Grid::printable).toList());
    return this;
  }

  Grid add(String... cells) {
    return add(Arrays.asList(cells));
  }

  /** Adds column titles; long ones are broken between words over several lines. */
  Grid addTitles(List<String> titles, int width) {
    List<List<String>> broken = titles.stream().map(title -> broken(title, width)).toList();
    int height = broken.stream().mapToInt(List::size).max().orElse(0);
    for (int line = 0; line < height; line++) {
      List<String> cells = new ArrayList<>();
      for (List<String> parts : broken) {
        // Titles stand on the line above the values.
        int part = line - (height - parts.size());
        cells.add(part < 0 ? "" : parts.get(part));
      }
      add(cells);
    }
    return this;
  }

  /** Adds a line of dashes as wide as the columns. */
  Grid addRule() {
    lines.add(null);
    return this;
  }

  /** The lines, each ended by a line feed and without spaces at its end. */
  String text() {
    int[] widths = new int[sides.size()];
    for (List<String> line : lines) {
      for (int i = 0; line != null && i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(line.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = line == null ? "-".repeat(widths[i]) : line.get(i);
        String padding = " ".repeat(widths[i] - width(cell));
        row.append(i == 0 ? "" : GAP)
            .append(sides.get(i) == Side.RIGHT ? padding + cell : cell + padding);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static List<String> broken(String title, int width) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (String word : title.split(" ")) {
      if (!part.isEmpty() && width(part.toString()) + 1 + width(word) > width) {
        parts.add(part.toString());
        part.setLength(0);
      }
      part.append(part.isEmpty() ? "" : " ").append(word);
    }
    parts.add(part.toString());
    return parts;
  }

  /** A name out of a dump must not be able to write over the line or colour the terminal. */
  private static String printable(String cell) {
    StringBuilder printable = new StringBuilder();
    cell.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> printable.append("\\n");
                case '\r' -> printable.append("\\r");
                case '\t' -> printable.append("\\t");
                default -> {
                  if (Character.isISOControl(c) || isBidirectionalControl(c)) {
                    printable.append("\\u%04x".formatted(c));
                  } else {
                    printable.appendCodePoint(c);
                  }
                }
              }
            });
    return printable.toString();
  }

  private static boolean isBidirectionalControl(int c) {
    return c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
  }

  /** Columns on the terminal; marks that combine with the letter before take none. */
  private static int width(String cell) {
    return (int)
        cell.codePoints()
            .filter(
                c ->
                    Character.getType(c) != Character.NON_SPACING_MARK
                        && Character.getType(c) != Character.ENCLOSING_MARK
                        && Character.getType(c) != Character.FORMAT)
            .count();
  }
}
