package dev.nightdesk.logic;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Reads instants as help desks write them: ISO 8601 with {@code T} or a blank, up to nine decimals,
 * with an offset or, in the source's zone, without one; and in whatever other forms a source has.
 *
 * <p>Other forms are patterns of {@link DateTimeFormatter} with English names ({@code dd/MM/yyyy
 * HH:mm}), {@value #UNIX_SECONDS}, {@value #UNIX_MILLISECONDS}, and {@value #SPREADSHEET_DAYS}:
 * days since 30 December 1899 with the time as a fraction. They are tried in their order, ISO 8601
 * last.
 *
 * <p>A local time in a gap (the hour that the clock skips in spring) names no instant and is
 * refused; of the two instants of a repeated hour the earlier is taken. A day without time is its
 * beginning.
 */
public final class Instants implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String UNIX_SECONDS = "unix-seconds";
  static final String UNIX_MILLISECONDS = "unix-milliseconds";
  static final String SPREADSHEET_DAYS = "spreadsheet-days";

  /** No dump of a help desk is older: an earlier instant is a broken one. */
  private static final long EARLIEST_MICROS =
      LocalDate.of(2000, 1, 1).toEpochDay() * 86_400L * 1_000_000L;

  private static final LocalDateTime FIRST_SPREADSHEET_DAY = LocalDateTime.of(1899, 12, 30, 0, 0);
  private static final BigDecimal MILLIS_OF_A_DAY = BigDecimal.valueOf(86_400_000L);

  private static final Instants OF_UNIX_SECONDS =
      new Instants(ZoneOffset.UTC, List.of(UNIX_SECONDS));

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .appendPattern("HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          // Strict: 30 February is no day, and is not made 28 February in silence.
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  private final ZoneId zone;
  private final List<String> formats;
  // Formatters cannot be sent to another machine; each makes its own.
  private transient List<Form> forms;

  /**
   * @param zone the zone of a text without offset; null if there must be an offset
   * @param formats other forms than ISO 8601
   * @throws IllegalArgumentException if one is neither a word that we know nor a pattern
   */
  public Instants(ZoneId zone, List<String> formats) {
    this.zone = zone;
    this.formats = new ArrayList<>(formats);
    this.forms = forms();
  }

  /** The same, with a zone for a text without offset if it has none. */
  public Instants assuming(ZoneId fallback) {
    return zone == null ? new Instants(fallback, formats) : this;
  }

  /** The instant of a number of seconds since 1970, in microseconds; null if it is none. */
  public static Long microsOfUnixSeconds(String text) {
    return OF_UNIX_SECONDS.micros(text);
  }

  /**
   * The instant of a text, in microseconds since 1970; null if it names none.
   *
   * @param text may be null
   */
  public Long micros(String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant instant = parse(text);
      long micros =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
      return micros < EARLIEST_MICROS ? null : micros;
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /** Why {@link #micros} gives null for a text that is not null; null if it gives an instant. */
  public String problem(String text) {
    if (text == null) {
      return null;
    }
    try {
      return parse(text).isBefore(Instant.ofEpochSecond(EARLIEST_MICROS / 1_000_000L))
          ? "lies before the year 2000"
          : null;
    } catch (NoOffset e) {
      return "has no offset, and the source names no time-zone";
    } catch (Gap e) {
      return "is a local time that the clock skips in " + zone;
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return formats.isEmpty()
          ? "is no ISO 8601 instant"
          : "is an instant neither by ISO 8601 nor by " + String.join(", ", formats);
    }
  }

  /** One form of instants; throws what parsing throws for texts of another form. */
  private interface Form {
    Instant parse(String text);
  }

  private List<Form> forms() {
    List<Form> all = new ArrayList<>();
    formats.forEach(format -> all.add(form(format)));
    all.add(this::ofIso);
    return all;
  }

  private Form form(String format) {
    return switch (format) {
      case UNIX_SECONDS -> text -> ofUnixMillis(new BigDecimal(text).movePointRight(3));
      case UNIX_MILLISECONDS -> text -> ofUnixMillis(new BigDecimal(text));
      case SPREADSHEET_DAYS -> this::ofSpreadsheetDays;
      default -> {
        DateTimeFormatter formatter = formatter(format);
        yield text -> ofParsed(formatter, text);
      }
    };
  }

  private static DateTimeFormatter formatter(String pattern) {
    try {
      return new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          // Strict parsing wants the year as such, not the year of an era.
          .appendPattern(pattern.replace('y', 'u'))
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "instant-formats has `%s`, which is no pattern like dd/MM/yyyy HH:mm and none of %s, %s, %s: %s"
              .formatted(
                  pattern, UNIX_SECONDS, UNIX_MILLISECONDS, SPREADSHEET_DAYS, e.getMessage()),
          e);
    }
  }

  private Instant parse(String text) {
    if (forms == null) {
      forms = forms();
    }
    RuntimeException first = null;
    for (Form form : forms) {
      try {
        return form.parse(text.strip());
      } catch (NoOffset | Gap e) {
        // It has this form, and names no instant: another form would give another one.
        throw e;
      } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
        first = first == null ? e : first;
      }
    }
    throw Objects.requireNonNull(first);
  }

  private static String withoutBlank(String text) {
    return text.length() > 10 && text.charAt(10) == ' '
        ? text.substring(0, 10) + 'T' + text.substring(11)
        : text;
  }

  private Instant ofIso(String text) {
    Instant instant = UtcText.read(text);
    return instant == null ? ofParsed(ISO, withoutBlank(text)) : instant;
  }

  private Instant ofParsed(DateTimeFormatter formatter, String text) {
    TemporalAccessor parsed =
        formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (parsed instanceof OffsetDateTime withOffset) {
      return withOffset.toInstant();
    }
    return ofLocal(parsed instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) parsed);
  }

  private Instant ofLocal(LocalDateTime local) {
    if (zone == null) {
      throw new NoOffset();
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new Gap();
    }
    return ZonedDateTime.ofLocal(local, zone, offsets.get(0)).toInstant();
  }

  private static Instant ofUnixMillis(BigDecimal millis) {
    return Instant.EPOCH.plus(
        millis.movePointRight(3).setScale(0, RoundingMode.DOWN).longValueExact(),
        ChronoUnit.MICROS);
  }

  private Instant ofSpreadsheetDays(String text) {
    // Cells hold doubles: finer than a millisecond is noise.
    long millis =
        new BigDecimal(text)
            .multiply(MILLIS_OF_A_DAY)
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
    return ofLocal(FIRST_SPREADSHEET_DAY.plus(millis, ChronoUnit.MILLIS));
  }

  /** The zone and the formats: what an instant depends on. */
  @Override
  public String toString() {
    return zone + " " + formats;
  }

  private static final class NoOffset extends DateTimeException {
    private static final long serialVersionUID = 1L;

    NoOffset() {
      super("no offset");
    }
  }

  private static final class Gap extends DateTimeException {
    private static final long serialVersionUID = 1L;

    Gap() {
      super("gap");
    }
  }
}
