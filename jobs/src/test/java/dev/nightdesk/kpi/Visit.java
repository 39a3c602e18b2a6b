package dev.nightdesk.kpi;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A row of {@code fact_visit}: of a ticket, at an instant of 2026 in UTC, by a host. */
record Visit(
    String ticket,
    String at,
    String host,
    String type,
    String person,
    int change,
    Long seconds,
    String matures,
    String amount,
    String currency) {

  static Visit visit(String ticket, String at) {
    return new Visit(ticket, at, "ben", "early", ticket, 1, null, "03-01T00:00", null, null);
  }

  Visit host(String key) {
    return new Visit(ticket, at, key, type, person, change, seconds, matures, amount, currency);
  }

  Visit type(String code) {
    return new Visit(ticket, at, host, code, person, change, seconds, matures, amount, currency);
  }

  Visit person(String key) {
    return new Visit(ticket, at, host, type, key, change, seconds, matures, amount, currency);
  }

  Visit change(int by) {
    return new Visit(ticket, at, host, type, person, by, seconds, matures, amount, currency);
  }

  Visit stays(long forSeconds) {
    return new Visit(ticket, at, host, type, person, change, forSeconds, matures, amount, currency);
  }

  Visit matures(String when) {
    return new Visit(ticket, at, host, type, person, change, seconds, when, amount, currency);
  }

  Visit paid(String much, String inCurrency) {
    return new Visit(ticket, at, host, type, person, change, seconds, matures, much, inCurrency);
  }

  Row row() {
    return RowFactory.create(
        ticket,
        instant(at),
        host,
        type,
        person,
        change,
        seconds,
        instant(matures),
        amount == null ? null : new BigDecimal(amount).setScale(4),
        currency);
  }

  private static Timestamp instant(String text) {
    return Timestamp.from(Instant.parse("2026-%s:00Z".formatted(text)));
  }
}
