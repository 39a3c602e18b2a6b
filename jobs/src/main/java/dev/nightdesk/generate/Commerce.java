package dev.nightdesk.generate;

import java.util.Locale;

/** Orders of the same customers, with what becomes of them. */
final class Commerce {

  /** The currency of most orders. */
  static final String CURRENCY = "EUR";

  private static final double PER_TICKET = 0.8;
  private static final double GUEST_SHARE = 0.2;

  private final Days days;
  private final Demand demand;
  private final Customers customers;
  private final long seed;
  private final Ids ids;

  Commerce(GeneratorOptions options, Days days, Demand demand, Customers customers, Ids ids) {
    this.days = days;
    this.demand = demand;
    this.customers = customers;
    this.seed = options.seed();
    this.ids = ids;
  }

  /** The orders of a day that have nothing to do with a ticket. */
  void deliverOrders(int day, DumpWriter dumps) {
    Dice dice = Dice.of(seed, Dice.Subject.COMMERCE, day);
    long tickets = demand.createdBefore(day + 1) - demand.createdBefore(day);
    for (long i = (long) (tickets * PER_TICKET); i > 0; i--) {
      order(customers.pick(day, dice), days.at(day, dice.below(Days.SECONDS)), dice, dumps);
    }
  }

  /** One order, and later its cancellation or its refunds. */
  void order(long customerId, long at, Dice dice, DumpWriter dumps) {
    long id = ids.next(Entity.ORDER);
    long cents = Math.max(500, (long) dice.logNormal(6_500, 0.7));
    String currency = dice.chance(0.9) ? CURRENCY : "CHF";
    boolean isTest = dice.chance(0.003);
    Buyer buyer = buyer(customerId, dice);
    Order placed = new Order(id, buyer, at, cents, currency, isTest);
    placed.write("paid", dumps, at);
    dumps.deliver(at);
    double fate = dice.share();
    if (fate < 0.03) {
      long cancelledAt = at + dice.seconds(5 * 3_600, 1);
      placed.write("voided", dumps, cancelledAt).instant("cancelled_at", cancelledAt);
      dumps.deliver(cancelledAt);
    } else if (fate < 0.11) {
      long refundedAt = at + dice.seconds(8 * Days.SECONDS, 0.6);
      long refund = fate < 0.07 ? cents : Math.max(1, (long) (cents * dice.share()));
      placed
          .write(refund == cents ? "refunded" : "partially_refunded", dumps, refundedAt)
          .beginList("refunds")
          .beginItem()
          .text("refund_id", id + "-1")
          .instant("refunded_at", refundedAt)
          .text("amount", money(refund))
          .endItem()
          .endList();
      dumps.deliver(refundedAt);
    }
  }

  /** How an order names who bought: a guest has no id (0), only an e-mail or only a phone. */
  private record Buyer(long customerId, String email, String phone) {}

  private Buyer buyer(long customerId, Dice dice) {
    Customers.Address address = customers.address(customerId);
    String email = address.email();
    String phone = address.phone();
    if (!dice.chance(GUEST_SHARE)) {
      return new Buyer(customerId, email, phone);
    }
    boolean isByPhone = dice.chance(0.3);
    if (isByPhone && phone != null) {
      // As people write it, without the country code.
      return new Buyer(0, null, "0" + phone.substring(3, 6) + " " + phone.substring(6));
    }
    if (email == null || email.isEmpty()) {
      return new Buyer(customerId, email, phone);
    }
    return new Buyer(0, dice.chance(0.5) ? " " + email.toUpperCase(Locale.ROOT) : email, null);
  }

  private record Order(
      long id, Buyer buyer, long createdAt, long cents, String currency, boolean isTest) {

    Line write(String status, DumpWriter dumps, long updatedAt) {
      return dumps
          .line(Entity.ORDER)
          .id("order_id", id)
          .optionalId("customer_id", buyer.customerId())
          .text("email", buyer.email())
          .text("phone", buyer.phone())
          .instant("created_at", createdAt)
          .text("financial_status", status)
          .flag("is_test", isTest)
          .text("total_amount", money(cents))
          .text("currency", currency)
          .instant("updated_at", updatedAt);
    }
  }

  private static String money(long cents) {
    long rest = cents % 100;
    return cents / 100 + (rest < 10 ? ".0" : ".") + rest;
  }
}
