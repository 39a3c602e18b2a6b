package dev.nightdesk.generate;

import java.util.List;

/**
 * The people who write and buy. Two in five are known from the start, the others come day by day;
 * some come again and again.
 */
final class Customers {

  private static final long FIRST_ID = 10_000_001;
  private static final double PER_TICKET = 0.55;
  private static final double KNOWN_AT_START = 0.4;

  private static final List<String> NAMES =
      List.of(
          "amelie",
          "bruno",
          "charlotte",
          "dmitri",
          "emma",
          "finn",
          "giulia",
          "henri",
          "isabel",
          "jakub",
          "karin",
          "leon",
          "marta",
          "noah",
          "oscar",
          "petra",
          "quentin",
          "rita",
          "sven",
          "teresa",
          "ulla",
          "viktor",
          "wanda",
          "xaver",
          "yara",
          "zoe");
  private static final List<String> HOSTS =
      List.of("mail.example", "post.example", "inbox.example", "web.example");

  private final Days days;
  private final long seed;
  private final int total;
  private final int atStart;

  Customers(GeneratorOptions options, Days days) {
    this.days = days;
    this.seed = options.seed();
    this.total = (int) Math.max(20, options.tickets() * PER_TICKET);
    this.atStart = (int) (total * KNOWN_AT_START);
  }

  /** How many are known when a day begins. */
  private int known(int day) {
    return (int) (atStart + (long) (total - atStart) * day / days.count());
  }

  /** The native id of somebody known when the day begins; a few are met often. */
  long pick(int day, Dice dice) {
    double share = dice.share();
    return FIRST_ID + (int) (known(day) * share * Math.sqrt(share));
  }

  /** Whether somebody writes German; all others write English. */
  boolean isGerman(long id) {
    return Dice.of(seed, Dice.Subject.CUSTOMER, -id).chance(0.25);
  }

  /** E-mail and phone of somebody; null where the desk knows none. */
  record Address(String email, String phone) {}

  Address address(long id) {
    Dice dice = Dice.of(seed, Dice.Subject.CUSTOMER, id);
    String email = dice.pick(NAMES) + "." + dice.pick(NAMES) + id + "@" + dice.pick(HOSTS);
    String phone = "+4915" + (100_000_000L + id);
    double gap = dice.share();
    // Some shops send an empty text for an address that they lack.
    return new Address(
        gap < 0.03 ? null : gap < 0.035 ? "" : email, dice.chance(0.45) ? phone : null);
  }

  /** Delivers whoever is new today, and everybody known on the first day. */
  void deliver(int day, DumpWriter dumps) {
    Dice dice = Dice.of(seed, Dice.Subject.CUSTOMER, -1L - day);
    int from = day == 0 ? 0 : known(day);
    for (int number = from; number < known(day + 1); number++) {
      long id = FIRST_ID + number;
      boolean isOld = number < atStart;
      long createdAt =
          isOld
              ? days.start(0) - dice.between(1, 700L * Days.SECONDS)
              : days.at(day, dice.below(Days.SECONDS));
      Address address = address(id);
      write(id, address, createdAt, createdAt, dumps);
      dumps.deliverToday();
      if (dice.chance(0.02)) {
        long changedAt = days.start(day) + dice.between(Days.SECONDS, 60L * Days.SECONDS);
        Address moved = new Address(address.email(), "+4917" + (100_000_000L + id));
        write(id, moved, createdAt, changedAt, dumps);
        dumps.deliver(changedAt);
      }
    }
  }

  private static void write(
      long id, Address address, long createdAt, long updatedAt, DumpWriter dumps) {
    dumps
        .line(Entity.CUSTOMER)
        .id("customer_id", id)
        .text("email", address.email())
        .text("phone", address.phone())
        .instant("created_at", createdAt)
        .instant("updated_at", updatedAt);
  }
}
