package dev.nightdesk.histories;

import static dev.nightdesk.histories.Story.changed;
import static dev.nightdesk.histories.Story.fields;

import dev.nightdesk.histories.Version.Coming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Customers of a help desk and a shop, some of whom are one person, and some not yet. */
final class People {

  private final Story story;
  private final List<String> deskCustomers = new ArrayList<>();
  private final List<String> shopCustomers = new ArrayList<>();

  People(Story story) {
    this.story = story;
  }

  void tell() {
    Instant before = Story.FIRST_DAY.minusDays(20).atStartOfDay(Story.ZONE).toInstant();
    for (int i = 0; i < 4; i++) {
      String email = story.chance.of(0.8) ? email(i) : null;
      String phone = story.chance.of(0.6) ? phone(i) : null;
      Map<String, Object> row =
          fields(
              "customer_id", story.id("c" + i),
              "email", email,
              "phone", phone,
              "created_at", before,
              "updated_at", before);
      deskCustomers.add(story.id("c" + i));
      boolean isKnown = story.chance.of(0.85);
      if (isKnown) {
        story.tell("desk", "customer", row, story.chance.of(0.7) ? Coming.FIRST : Coming.ANY);
      }
      if (isKnown && story.chance.of(0.3)) {
        change(row, i);
      }
      if (story.chance.of(0.7)) {
        shopCustomer(i, before);
      }
    }
  }

  private void change(Map<String, Object> row, int i) {
    Instant at = story.anyTime();
    if (story.chance.of(0.5)) {
      story.desk(
          "customer",
          changed(row, "email", email(i) + ".new", "updated_at", at),
          Happening.EMAIL_CHANGED,
          Happening.CORRECTION);
    } else {
      story.desk(
          "customer",
          changed(row, "email", email((i + 1) % 4), "updated_at", at),
          Happening.PERSONS_JOINED,
          Happening.EMAIL_CHANGED,
          Happening.CORRECTION);
    }
  }

  private void shopCustomer(int i, Instant before) {
    String id = story.id("s" + i);
    shopCustomers.add(id);
    Map<String, Object> row =
        fields(
            "customer_id",
            id,
            "email",
            story.chance.of(0.7) ? " " + email(i).toUpperCase(java.util.Locale.ROOT) : null,
            "phone",
            story.chance.of(0.5) ? phone(i) : null,
            "updated_at",
            before);
    story.tell("shop", "customer", row, Coming.ANY);
    if (story.chance.of(0.2)) {
      story.tell(
          "shop",
          "customer",
          changed(row, "email", email((i + 2) % 4), "updated_at", story.anyTime()),
          Coming.ANY,
          Happening.PERSONS_JOINED,
          Happening.CORRECTION);
    }
  }

  /** Somebody who asks; now and then one whom no dump of customers names. */
  String anyCustomer() {
    return story.chance.of(0.05) ? story.id("stranger") : story.chance.pick(deskCustomers);
  }

  /** Somebody who buys. */
  String anyBuyer() {
    return shopCustomers.isEmpty() ? story.id("s9") : story.chance.pick(shopCustomers);
  }

  /** The same person in the shop, if the shop may know one; else anybody. */
  String buyerOf(String customer) {
    String there = customer == null ? "" : customer.replace("-c", "-s");
    return shopCustomers.contains(there) ? there : anyBuyer();
  }

  String email(int i) {
    return story.id("p" + i) + "@example.org";
  }

  /** A number of this history alone: its hash would join it with others else. */
  String phone(int i) {
    int number = Integer.parseInt(story.name.replaceAll("\\D", ""));
    return "+49 30 7%04d%02d".formatted(number, i);
  }
}
