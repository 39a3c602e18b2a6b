package dev.nightdesk.generate;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * What to generate. Equal options (other than {@code out}) give equal bytes.
 *
 * @param tickets how many tickets are created; at least 1
 * @param days how many local days the dumps span; at least 1
 * @param seed what chance starts from
 * @param out the folder to write to; it must not hold generated dumps yet
 * @param until the last local day
 * @param zone the zone of the office, whose midnight ends a day
 * @param textShare the share of messages, 0 to 1, with a text of 200 bytes and more
 * @param messagesPerTicket the mean number of public messages of a ticket, at least 2; short spans
 *     cut the last conversations off and stay below
 */
public record GeneratorOptions(
    long tickets,
    int days,
    long seed,
    Path out,
    LocalDate until,
    ZoneId zone,
    double textShare,
    double messagesPerTicket) {

  /** The last day unless another is asked for: fixed, because nothing here knows today. */
  public static final LocalDate DEFAULT_UNTIL = LocalDate.of(2025, 12, 31);

  /** The zone of the office unless another is asked for. */
  public static final ZoneId DEFAULT_ZONE = ZoneId.of("Europe/Berlin");

  /** The share of long messages unless another is asked for. */
  public static final double DEFAULT_TEXT_SHARE = 0.3;

  /** The mean number of public messages of a ticket unless another is asked for. */
  public static final double DEFAULT_MESSAGES_PER_TICKET = 7;

  /** Checks the values. */
  public GeneratorOptions {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(zone, "zone");
    require(tickets >= 1 && tickets <= 500_000_000, "tickets", tickets, "1 to 500000000");
    require(days >= 1 && days <= 7_320, "days", days, "1 to 7320");
    require(textShare >= 0 && textShare <= 1, "text-share", textShare, "0 to 1");
    require(
        messagesPerTicket >= 2 && messagesPerTicket <= 100,
        "messages-per-ticket",
        messagesPerTicket,
        "2 to 100");
  }

  /** The options that name only what has no default. */
  public static GeneratorOptions of(long tickets, int days, long seed, Path out) {
    return new GeneratorOptions(
        tickets,
        days,
        seed,
        out,
        DEFAULT_UNTIL,
        DEFAULT_ZONE,
        DEFAULT_TEXT_SHARE,
        DEFAULT_MESSAGES_PER_TICKET);
  }

  /** The same with another last day. */
  public GeneratorOptions withUntil(LocalDate lastDay) {
    return new GeneratorOptions(
        tickets, days, seed, out, lastDay, zone, textShare, messagesPerTicket);
  }

  /** The same with another share of long messages. */
  public GeneratorOptions withTextShare(double share) {
    return new GeneratorOptions(tickets, days, seed, out, until, zone, share, messagesPerTicket);
  }

  /** The same with another mean number of public messages. */
  public GeneratorOptions withMessagesPerTicket(double mean) {
    return new GeneratorOptions(tickets, days, seed, out, until, zone, textShare, mean);
  }

  private static void require(boolean isRight, String option, Object value, String range) {
    if (!isRight) {
      throw new IllegalArgumentException(
          "--%s is %s, which is out of range. Give %s.".formatted(option, value, range));
    }
  }
}
