package dev.nightdesk.staged;

import dev.nightdesk.contract.RawField;
import dev.nightdesk.logic.Instants;
import dev.nightdesk.logic.TimeZones;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/** Reads the text of a field as its type. */
final class FieldReader implements Serializable {

  /** Digits of money, and those behind the point. */
  static final int PRECISION = 19;

  static final int SCALE = 4;

  private static final long serialVersionUID = 1L;

  /** Spreadsheets show six digits of a large number and lose the others; programs write all. */
  private static final int LEAST_MANTISSA = 9;

  private static final int LONGEST_ID_NUMBER = 38;

  private static final Pattern EXPONENT = Pattern.compile("^\\d(\\.\\d+)?[eE]\\+?\\d{1,3}$");
  private static final Pattern MANTISSA_END = Pattern.compile("[eE].*$");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("^(\\d+)\\.0+$");
  private static final Pattern GLOBAL_ID = Pattern.compile("^gid://[^/]+/[^/]+/([^?]+).*$");
  private static final Pattern ZERO_DECIMALS = Pattern.compile("\\.0+$");

  private final TextForms texts;

  FieldReader(TextForms texts) {
    this.texts = texts;
  }

  /** A text without the blanks around it; null if nothing is left, or there is none. */
  static String withoutBlanks(String text) {
    if (text == null) {
      return null;
    }
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == ' ') {
      from++;
    }
    while (from < to && text.charAt(to - 1) == ' ') {
      to--;
    }
    return from == to ? null : text.substring(from, to);
  }

  /**
   * The value of a text, as the external type of its Spark type; of JSON the text itself. Null if
   * the text is none of the field's type.
   *
   * @param text without blanks around it, not empty
   */
  Object value(RawField field, String text) {
    return switch (field.type()) {
      case ID -> id(text);
      case TEXT, JSON -> text;
      case CODE -> code(field, text.toLowerCase(Locale.ROOT));
      case INSTANT -> instant(texts.instants().micros(text));
      case UNIX_SECONDS -> instant(Instants.microsOfUnixSeconds(text));
      case DURATION -> texts.durations().seconds(number(text));
      case DATE -> date(text);
      case INTEGER -> integer(number(text));
      case NUMBER -> finite(number(text));
      case DECIMAL -> decimal(number(text), PRECISION, SCALE);
      case BOOLEAN -> bool(text.toLowerCase(Locale.ROOT));
      case ZONE -> TimeZones.iana(text);
    };
  }

  /** Why {@link #value} gives null for a text. */
  String problem(RawField field, String text) {
    return switch (field.type()) {
      case INSTANT -> texts.instants().problem(text);
      case UNIX_SECONDS -> "is no number of seconds since 1970 that lies after 2000";
      case DURATION ->
          "is no length of time: a number of "
              + texts.durations().unit()
              + ", h:mm:ss, or ISO 8601";
      case CODE -> "is none of " + String.join(", ", field.codes());
      case ZONE -> "is no time zone, neither by its IANA nor by its Rails name";
      case DATE -> "is no ISO 8601 day";
      case INTEGER -> "is no whole number";
      case NUMBER, DECIMAL -> "is no finite number";
      case BOOLEAN -> "is neither true nor false";
      case ID -> "is an id that was rounded to a number with an exponent";
      case TEXT, JSON -> "is unreadable";
    };
  }

  /**
   * An id that some program took for a number: without its decimals, and without exponent as long
   * as no digit was rounded away. Of a global id the last part.
   */
  private static String id(String text) {
    // Most ids have none of these characters, and a search for one is far cheaper than a pattern.
    if (text.indexOf('.') < 0
        && text.indexOf('/') < 0
        && text.indexOf('e') < 0
        && text.indexOf('E') < 0) {
      return text;
    }
    if (EXPONENT.matcher(text).find()) {
      String mantissa = MANTISSA_END.matcher(text).replaceAll("");
      BigDecimal number =
          mantissa.length() < LEAST_MANTISSA ? null : decimal(text, LONGEST_ID_NUMBER, 0);
      return number == null ? null : number.toPlainString();
    }
    return GLOBAL_ID.matcher(WHOLE_NUMBER.matcher(text).replaceAll("$1")).replaceAll("$1");
  }

  private static String code(RawField field, String text) {
    return field.codes().contains(text) ? text : null;
  }

  private static Instant instant(Long micros) {
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** As Spark reads days. */
  private static LocalDate date(String text) {
    Option<Object> days = DateTimeUtils.stringToDate(UTF8String.fromString(text));
    return days.isEmpty() ? null : LocalDate.ofEpochDay((Integer) days.get());
  }

  private String number(String text) {
    return texts.isDecimalComma() ? text.replace(".", "").replace(',', '.') : text;
  }

  private static Long integer(String number) {
    String whole = number.indexOf('.') < 0 ? number : ZERO_DECIMALS.matcher(number).replaceAll("");
    try {
      return UTF8String.fromString(whole).toLongExact();
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Double finite(String number) {
    try {
      double value = Double.parseDouble(number);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static BigDecimal decimal(String number, int precision, int scale) {
    try {
      BigDecimal value = new BigDecimal(number.strip());
      // Neither of 1e999999999 nor of 1e-999999999 must the digits be written out.
      long wholeDigits = value.precision() - (long) value.scale();
      if (wholeDigits > precision) {
        return null;
      }
      if (wholeDigits < -scale) {
        return BigDecimal.ZERO.setScale(scale);
      }
      BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
      return rounded.precision() > precision ? null : rounded;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true", "1", "yes" -> Boolean.TRUE;
      case "false", "0", "no" -> Boolean.FALSE;
      default -> null;
    };
  }
}
