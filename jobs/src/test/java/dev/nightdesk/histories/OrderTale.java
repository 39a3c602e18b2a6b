package dev.nightdesk.histories;

import static dev.nightdesk.histories.Story.changed;
import static dev.nightdesk.histories.Story.fields;

import dev.nightdesk.histories.Version.Coming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What people buy after they have asked, often because somebody answered. */
final class OrderTale {

  private final Story story;
  private final People people;

  OrderTale(Story story, People people) {
    this.story = story;
    this.people = people;
  }

  /** An order some while after a ticket, perhaps another one, and what becomes of it. */
  void tell(String id, TicketTale ticket) {
    Instant placed =
        ticket
            .createdAt()
            .plus(Duration.ofHours(story.chance.pick(1, 5, 20, 71, 72, 90)))
            .plusSeconds(story.chance.pick(0, 0, 1));
    boolean isGuest = story.chance.of(0.3);
    Map<String, Object> order =
        fields(
            "order_id",
            id,
            "customer_id",
            isGuest
                ? null
                : story.chance.of(0.7) ? people.buyerOf(ticket.requester()) : people.anyBuyer(),
            "email",
            isGuest ? people.email(story.chance.between(0, 3)) : null,
            "created_at",
            placed,
            "financial_status",
            story.chance.pick("paid", "paid", "paid", "pending", "voided"),
            "is_test",
            story.chance.of(0.05) ? true : null,
            "total_amount",
            story.chance.between(10, 99) + ".50",
            "currency",
            story.chance.of(0.85) ? "EUR" : "USD",
            "updated_at",
            placed);
    if (isGuest) {
      story.tell("shop", "order", order, Coming.ANY, Happening.GUEST_ORDER);
    } else {
      story.tell("shop", "order", order, Coming.ANY);
    }
    if (story.chance.of(0.5)) {
      // Of a ticket that made somebody order, the first of several.
      Instant again = placed.plus(Duration.ofHours(2));
      story.tell(
          "shop",
          "order",
          changed(
              order,
              "order_id",
              id + "-again",
              "created_at",
              again,
              "financial_status",
              "paid",
              "is_test",
              null,
              "updated_at",
              again),
          Coming.ANY,
          Happening.ORDERED_AGAIN);
    }
    Instant when = story.later(placed);
    switch (story.chance.between(0, 5)) {
      case 0 ->
          change(
              changed(order, "cancelled_at", when, "updated_at", when), Happening.ORDER_CANCELLED);
      case 1, 2 ->
          change(
              changed(
                  order,
                  "refunds",
                  List.of(
                      fields("refund_id", "1", "refunded_at", when.toString(), "amount", "3.25"),
                      // Said beforehand: known by time alone.
                      fields(
                          "refund_id",
                          "2",
                          "refunded_at",
                          when.plus(Duration.ofDays(3)).toString(),
                          "amount",
                          "1.00")),
                  "updated_at",
                  when),
              Happening.ORDER_REFUNDED);
      case 3 ->
          change(
              changed(
                  order,
                  "customer_id",
                  people.anyBuyer(),
                  "currency",
                  story.chance.pick("EUR", "USD"),
                  "updated_at",
                  when),
              Happening.ORDER_CHANGED_HANDS);
      default -> {
        // It stays as it was placed.
      }
    }
  }

  private void change(Map<String, Object> order, Happening tells) {
    story.tell("shop", "order", order, Coming.ANY, tells, Happening.CORRECTION);
  }
}
