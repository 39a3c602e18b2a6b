package dev.nightdesk.logic;

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
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;

/**
 * Reads instants as help desks write them: ISO 8601 with {@code T} or a blank, up to nine decimals,
 * with an offset or, in the source's zone, without one.
 *
 * <p>A local time in a gap (the hour that the clock skips in spring) names no instant and is
 * refused; of the two instants of a repeated hour the earlier is taken.
 */
public final class Instants {

  /** No dump of a help desk is older: an earlier instant is a broken one. */
  private static final long EARLIEST_MICROS =
      LocalDate.of(2000, 1, 1).toEpochDay() * 86_400L * 1_000_000L;

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

  private Instants() {}

  /**
   * The instant of a text, in microseconds since 1970; null if it names none.
   *
   * @param text may be null
   * @param zone the zone of a text without offset; null if there must be an offset
   */
  public static Long micros(String text, ZoneId zone) {
    if (text == null) {
      return null;
    }
    try {
      Instant instant = parse(text, zone);
      long micros =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
      return micros < EARLIEST_MICROS ? null : micros;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** Why {@link #micros} gives null for a text that is not null; null if it gives an instant. */
  public static String problem(String text, ZoneId zone) {
    if (text == null) {
      return null;
    }
    try {
      return parse(text, zone).isBefore(Instant.ofEpochSecond(EARLIEST_MICROS / 1_000_000L))
          ? "lies before the year 2000"
          : null;
    } catch (NoOffset e) {
      return "has no offset, and the source names no time-zone";
    } catch (Gap e) {
      return "is a local time that the clock skips in " + zone;
    } catch (DateTimeException | ArithmeticException e) {
      return "is no ISO 8601 instant";
    }
  }

  private static Instant parse(String text, ZoneId zone) {
    String iso = text.strip();
    if (iso.length() > 10 && iso.charAt(10) == ' ') {
      iso = iso.substring(0, 10) + 'T' + iso.substring(11);
    }
    TemporalAccessor parsed = ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
    if (parsed instanceof OffsetDateTime withOffset) {
      return withOffset.toInstant();
    }
    if (zone == null) {
      throw new NoOffset();
    }
    LocalDateTime local = (LocalDateTime) parsed;
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new Gap();
    }
    return ZonedDateTime.ofLocal(local, zone, offsets.get(0)).toInstant();
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
