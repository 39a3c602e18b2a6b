package dev.nightdesk.fact;

import static dev.nightdesk.StagedFixture.at;

import dev.nightdesk.BuiltTables;
import dev.nightdesk.SparkTestBase;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** As of the end of 2021-01-31 in UTC. */
class FactOrderTest extends SparkTestBase {

  private static final String ANN =
      "email:438c4c7afe600cdf1e455c369bec76dc970fc8ca463447c7b387a347f3c79331";

  private final BuiltTables tables =
      new BuiltTables(
          new Night(
              LocalDate.parse("2021-01-31"), ReportingCalendar.UTC, DefaultDefinitions.VALUE));

  private void order(String id, String orderedAt, Object... more) {
    Object[] usual = {
      "order_key",
      "s:" + id,
      "order_id",
      id,
      "ordered_at",
      orderedAt,
      "total_amount",
      new BigDecimal("50.0000"),
      "currency_code",
      "EUR"
    };
    Object[] all = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    tables.with("stg_order", all);
  }

  private static Row refund(String id, String at, String amount) {
    return RowFactory.create(id, at(at), new BigDecimal(amount));
  }

  @Test
  void whatWasRefundedAndCancelledCountsFromItsInstantOn() {
    order(
        "1",
        "2021-01-02T08:00:00",
        "financial_status_code",
        "partially_refunded",
        "refunds",
        List.of(
            refund("a", "2021-01-03T08:00:00", "10.5000"),
            refund("b", "2021-01-31T23:59:59", "4.5000"),
            refund("c", "2021-02-01T00:00:00", "20.0000")));
    order("2", "2021-01-02T08:00:00", "cancelled_at", "2021-01-31T23:59:59");
    order("3", "2021-01-02T08:00:00", "cancelled_at", "2021-02-01T00:00:00");
    order("4", "2021-01-02T08:00:00", "is_test", true);
    order("5", "2021-01-02T08:00:00", "financial_status_code", "voided");
    order("6", "2021-01-02T08:00:00", "financial_status_code", "expired");
    order("7", "2021-02-01T00:00:00");

    assertSameRows(
        rows(
            "order_key string, cancelled_at timestamp, is_valid boolean, refunded_amount"
                + " decimal(19,4), net_amount decimal(19,4)",
            expect("s:1", null, true, "15.0000", "35.0000"),
            expect("s:2", "2021-01-31T23:59:59", false, "0.0000", "50.0000"),
            expect("s:3", null, true, "0.0000", "50.0000"),
            expect("s:4", null, false, "0.0000", "50.0000"),
            expect("s:5", null, false, "0.0000", "50.0000"),
            expect("s:6", null, false, "0.0000", "50.0000")),
        tables
            .of(new FactOrder())
            .select("order_key", "cancelled_at", "is_valid", "refunded_amount", "net_amount"));
  }

  private static Row expect(
      String key, String cancelledAt, boolean isValid, String refunded, String net) {
    return RowFactory.create(
        key, at(cancelledAt), isValid, new BigDecimal(refunded), new BigDecimal(net));
  }

  @Test
  void thePersonIsThatOfTheCustomerElseOfTheEmailElseOfThePhone() {
    tables
        .with(
            "stg_customer",
            "customer_key",
            "h:ann",
            "customer_id",
            "ann",
            "email",
            "ann@example.org",
            "phone",
            "+49301234567")
        .with("stg_customer", "customer_key", "h:bob", "customer_id", "bob");
    String at = "2021-01-02T08:00:00";
    order("known", at, "customer_key", "h:ann", "email", "gift@example.org");
    order("known without contact", at, "customer_key", "h:bob", "email", "ann@example.org");
    order("email", at, "customer_key", "s:1", "email", " ANN@example.org");
    order("phone", at, "phone", "+49 30 123 45 67");
    order("unknown customer", at, "customer_key", "s:2", "email", "", "phone", "-");
    order("nobody", at, "email", "");

    assertSameRows(
        rows(
            "order_id string, person_key string",
            RowFactory.create("known", ANN),
            RowFactory.create("known without contact", "h:bob"),
            RowFactory.create("email", ANN),
            RowFactory.create("phone", ANN),
            RowFactory.create("unknown customer", "s:2"),
            RowFactory.create("nobody", null)),
        tables.of(new FactOrder()).select("order_id", "person_key"));
  }

  @Test
  void thePreviousOrderIsTheLatestValidOneBeforeOfThePerson() {
    order("1", "2021-01-01T08:00:00", "customer_key", "s:c");
    order("2", "2021-01-02T08:00:00", "customer_key", "s:c", "is_test", true);
    order("3", "2021-01-03T08:00:00", "customer_key", "s:c");
    order("4", "2021-01-03T08:00:00", "customer_key", "s:c");
    order("5", "2021-01-04T08:00:00", "customer_key", "s:c");
    order("6", "2021-01-05T08:00:00", "customer_key", "s:d");
    order("7", "2021-01-05T08:00:00");
    order("8", "2021-01-06T08:00:00");

    assertSameRows(
        rows(
            "order_id string, previous_ordered_at timestamp",
            RowFactory.create("1", null),
            RowFactory.create("2", null),
            RowFactory.create("3", at("2021-01-01T08:00:00")),
            RowFactory.create("4", at("2021-01-01T08:00:00")),
            RowFactory.create("5", at("2021-01-03T08:00:00")),
            RowFactory.create("6", null),
            RowFactory.create("7", null),
            RowFactory.create("8", null)),
        tables.of(new FactOrder()).select("order_id", "previous_ordered_at"));
  }
}
