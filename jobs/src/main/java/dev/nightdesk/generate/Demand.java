package dev.nightdesk.generate;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How many people write on which day, at which hour, by which channel and about what. */
final class Demand {

  private static final Channel[] CHANNELS = Channel.values();

  /** From the most to the least frequent. */
  private static final List<String> TYPES =
      List.of(
          "order status",
          "delivery delay",
          "return request",
          "refund",
          "damaged item",
          "wrong item",
          "payment issue",
          "product question",
          "size advice",
          "account access",
          "address change",
          "cancellation",
          "invoice",
          "voucher",
          "warranty",
          "missing parts",
          "technical problem",
          "stock question",
          "complaint",
          "partnership");

  /** Nobody has it before seven tenths of the time have passed. */
  static final String LATE_TYPE = "app crash";

  private static final double LATE_TYPE_FROM = 0.7;
  private static final double LATE_TYPE_SHARE = 0.03;

  private static final double[] LETTER_HOURS =
      Dice.totals(
          .6, .3, .2, .2, .3, .6, 1.5, 3, 5.5, 7.5, 8, 7.5, 6.5, 6.5, 6.5, 6.5, 6, 5.5, 5, 5, 5,
          4.5, 3, 1.5);
  private static final double[] LIVE_HOURS =
      Dice.totals(
          .1, .05, .02, .02, .02, .1, .3, 1, 3, 8, 10, 10, 8.5, 8, 8.5, 8.5, 8, 7, 2.5, 1.5, 1.2,
          .8, .4, .2);

  private final Days days;
  private final long seed;
  private final double[] channelTotals;
  private final double[] typeTotals;
  private final long[] createdBefore;

  Demand(GeneratorOptions options, Days days) {
    this.days = days;
    this.seed = options.seed();
    double[] channels = new double[CHANNELS.length];
    for (Channel channel : CHANNELS) {
      channels[channel.ordinal()] = channel.weight;
    }
    this.channelTotals = Dice.totals(channels);
    double[] types = new double[TYPES.size()];
    for (int rank = 0; rank < types.length; rank++) {
      types[rank] = 1.0 / (rank + 1);
    }
    this.typeTotals = Dice.totals(types);
    this.createdBefore = spread(options.tickets());
  }

  /** One ticket to be: when and how it comes in, and what about. */
  record Contact(long at, Channel channel, String type) {}

  /** How many tickets are created before a day. */
  long createdBefore(int day) {
    return createdBefore[day];
  }

  /** The day's contacts in order of their instants. */
  List<Contact> contacts(int day) {
    Dice dice = Dice.of(seed, Dice.Subject.DEMAND, day + 1L);
    int count = (int) (createdBefore[day + 1] - createdBefore[day]);
    List<Contact> contacts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Channel channel = CHANNELS[dice.weighted(channelTotals)];
      long hour = dice.weighted(channel.isLive() ? LIVE_HOURS : LETTER_HOURS);
      long at = days.at(day, hour * 3_600 + dice.below(3_600));
      contacts.add(new Contact(at, channel, type(day, dice)));
    }
    contacts.sort(Comparator.comparingLong(Contact::at));
    return contacts;
  }

  private String type(int day, Dice dice) {
    double passed = (double) day / days.count();
    if (dice.chance(0.03)) {
      return null;
    }
    if (passed >= LATE_TYPE_FROM && dice.chance(LATE_TYPE_SHARE)) {
      return LATE_TYPE;
    }
    return otherType(dice);
  }

  /** A type that has always been there. */
  String otherType(Dice dice) {
    return TYPES.get(dice.weighted(typeTotals));
  }

  /** Whole tickets per day whose sum is exact. */
  private long[] spread(long tickets) {
    Dice dice = Dice.of(seed, Dice.Subject.DEMAND, 0);
    double[] weights = new double[days.count()];
    for (int day = 0; day < weights.length; day++) {
      weights[day] = weight(day) * dice.logNormal(1, 0.08);
    }
    double[] totals = Dice.totals(weights);
    long[] before = new long[totals.length + 1];
    for (int day = 0; day < totals.length; day++) {
      before[day + 1] = StrictMath.round(totals[day] / totals[totals.length - 1] * tickets);
    }
    return before;
  }

  private double weight(int day) {
    LocalDate date = days.date(day);
    double weekly =
        switch (date.getDayOfWeek()) {
          case MONDAY -> 1.3;
          case TUESDAY -> 1.15;
          case WEDNESDAY -> 1.08;
          case THURSDAY -> 1.05;
          case FRIDAY -> 0.98;
          case SATURDAY -> 0.55;
          case SUNDAY -> 0.45;
        };
    double growth = 1 + 0.25 * day / 365.0;
    return weekly * growth * season(MonthDay.from(date)) * (days.isHoliday(date) ? 0.4 : 1);
  }

  private static double season(MonthDay day) {
    if (day.compareTo(MonthDay.of(11, 20)) >= 0 && day.compareTo(MonthDay.of(12, 23)) <= 0) {
      return 1.4;
    }
    if (day.compareTo(MonthDay.of(12, 27)) >= 0 || day.compareTo(MonthDay.of(1, 15)) <= 0) {
      return 1.15;
    }
    return day.getMonthValue() == 7 || day.getMonthValue() == 8 ? 0.9 : 1;
  }
}
