package dev.nightdesk.sentiment;

/**
 * What the author of a message wrote: without the message that is answered, and without signature.
 *
 * <p>Line by line, by what mail programs write, in English and German:
 *
 * <ul>
 *   <li>a line that begins with {@code >} is left out;
 *   <li>the line that introduces a quote ({@code On 3 May 2021 … wrote:}, {@code Am 03.05.2021
 *       schrieb …:}, on up to three lines) is left out, and so is all after it, unless the quote is
 *       marked with {@code >}: then an answer may stand between its lines and stays;
 *   <li>{@code -----Original Message-----}, a rule of underscores, or {@code From:} with {@code
 *       Sent:} or {@code Date:} on the next line end the text, and so do the signature's {@code --}
 *       and lines like {@code Sent from my phone}.
 * </ul>
 *
 * <p>A name or a greeting at the end is no signature: it has no mood to speak of. A text in one
 * line is left as it is, but for a line that begins with one of these marks.
 */
public final class OwnWords {

  private static final int SHORTEST_RULE = 20;
  private static final int LONGEST_INTRODUCTION = 3;

  private final String text;
  private final StringBuilder own;

  private OwnWords(String text) {
    this.text = text;
    this.own = new StringBuilder(text.length());
  }

  /**
   * The author's own words, lines kept.
   *
   * @param text any text
   * @return empty if the text is nothing but quote and signature
   */
  public static String of(String text) {
    return new OwnWords(text).read();
  }

  private String read() {
    int start = 0;
    while (start < text.length()) {
      int end = lineEnd(start);
      int first = skipBlanks(start, end);
      if (first < end) {
        if (endsText(first, end)) {
          break;
        }
        int introductionEnd = introductionEnd(first, end);
        if (introductionEnd >= 0) {
          if (!isMarked(introductionEnd)) {
            break;
          }
          start = introductionEnd;
          continue;
        }
      }
      if (first == end || text.charAt(first) != '>') {
        own.append(text, first, end).append('\n');
      }
      start = end + 1;
    }
    return own.toString().strip();
  }

  private int lineEnd(int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.length() : end;
  }

  private int skipBlanks(int start, int end) {
    int first = start;
    while (first < end && text.charAt(first) <= ' ') {
      first++;
    }
    return first;
  }

  /** Whether nothing of the author follows. */
  private boolean endsText(int first, int end) {
    return switch (text.charAt(first)) {
      case '-' ->
          text.substring(first, end).stripTrailing().equals("--")
              || startsWith(first, "-----Original Message-----")
              || startsWith(first, "-----Ursprüngliche Nachricht-----");
      case '_' -> isRule(first, end);
      case 'F' -> startsWith(first, "From:") && isHeader(end + 1, "Sent:", "Date:");
      case 'V' ->
          startsWith(first, "Von:") && isHeader(end + 1, "Gesendet:", "Datum:")
              || startsWith(first, "Von meinem ") && endsWith(first, end, "gesendet");
      case 'S' -> startsWith(first, "Sent from my ") || startsWith(first, "Sent from Outlook");
      case 'G' -> startsWith(first, "Get Outlook for ") || startsWith(first, "Gesendet von m");
      default -> false;
    };
  }

  private boolean isRule(int first, int end) {
    int last = first;
    while (last < end && text.charAt(last) == '_') {
      last++;
    }
    return last - first >= SHORTEST_RULE && skipBlanks(last, end) == end;
  }

  private boolean isHeader(int start, String... names) {
    int first = skipBlanks(start, start < text.length() ? lineEnd(start) : start);
    for (String name : names) {
      if (startsWith(first, name)) {
        return true;
      }
    }
    return false;
  }

  /** Where the lines end that introduce a quote and begin here; -1: none do. */
  private int introductionEnd(int first, int end) {
    boolean isEnglish = startsWith(first, "On ");
    boolean isGerman = startsWith(first, "Am ");
    if (!isEnglish && !isGerman) {
      return -1;
    }
    int lastEnd = end;
    for (int lines = 1; lines <= LONGEST_INTRODUCTION; lines++) {
      String introduction = text.substring(first, lastEnd).stripTrailing();
      boolean isIntroduction =
          introduction.endsWith(isEnglish ? "wrote:" : ":")
              && (isEnglish || introduction.contains("schrieb"))
              && introduction.chars().anyMatch(c -> c >= '0' && c <= '9');
      if (isIntroduction) {
        return Math.min(lastEnd + 1, text.length());
      }
      if (introduction.endsWith(".") || lastEnd >= text.length()) {
        return -1;
      }
      lastEnd = lineEnd(lastEnd + 1);
    }
    return -1;
  }

  /** Whether the next line that is not blank is marked as a quote. */
  private boolean isMarked(int start) {
    int first = skipBlanks(start, text.length());
    return first < text.length() && text.charAt(first) == '>';
  }

  private boolean startsWith(int first, String mark) {
    return text.regionMatches(true, first, mark, 0, mark.length());
  }

  private boolean endsWith(int first, int end, String mark) {
    return text.substring(first, end).stripTrailing().endsWith(mark);
  }
}
