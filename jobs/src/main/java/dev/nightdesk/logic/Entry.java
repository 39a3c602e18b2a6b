package dev.nightdesk.logic;

import java.util.Comparator;

/** Something that happened to a ticket. */
public sealed interface Entry permits Message, AnsweredCall, Change {

  /**
   * The order of a ticket's history: the instant, the source's own sequence, messages and answered
   * calls before changes, the id as a number if both are digits, else as text.
   */
  Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::at)
          .thenComparingLong(Entry::sequence)
          .thenComparing(entry -> entry instanceof Change)
          .thenComparing(Entry::id, Entry::compareIds);

  /** When, in microseconds. */
  long at();

  /** The source's order among entries of one instant; 0 without one. */
  long sequence();

  /** The source's own id. */
  String id();

  private static int compareIds(String a, String b) {
    if (isDigits(a) && isDigits(b)) {
      String x = withoutLeadingZeros(a);
      String y = withoutLeadingZeros(b);
      int byValue =
          x.length() == y.length() ? x.compareTo(y) : Integer.compare(x.length(), y.length());
      return byValue != 0 ? byValue : a.compareTo(b);
    }
    return a.compareTo(b);
  }

  private static boolean isDigits(String id) {
    return !id.isEmpty() && id.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String withoutLeadingZeros(String digits) {
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }
}
