package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dumps of fixtures/sources/shopify: what is in them is told in its README. */
class ShopifySourceTest extends SparkTestBase {

  private static final String REFUNDS =
      "array_join(transform(refunds, r -> concat(r.refund_id, '@', date_format(r.refunded_at,"
          + " 'dd.HH:mm'), '=', r.amount)), ',')";

  private static SourceFixture fixture;

  @BeforeAll
  static void readTheDumpsOnce() {
    fixture = SourceFixture.of(spark(), "shopify");
  }

  private static List<String> orders(String condition, String... columns) {
    return SourceFixture.texts(fixture.staged("order").filter(condition), columns);
  }

  @Test
  void bothApisAndConnectorsAndTablesNameTheSameOrders() {
    assertThat(fixture.rows("order", "order_key", "dt"))
        .containsExactly(
            "archive:4000001 2026-03-12",
            "archive:4000002 2026-03-12",
            "shop:5011001 2026-03-10",
            "shop:5011001 2026-03-11",
            "shop:5011002 2026-03-10",
            "shop:5011003 2026-03-10",
            "shop:5011003 2026-03-12",
            "shop:5011004 2026-03-10",
            "shop:5011005 2026-03-10",
            "shop:5011006 2026-03-10",
            "shop:5011007 2026-03-10",
            "shop:5011008 2026-03-11",
            "shop:5011009 2026-03-12");
  }

  @Test
  void linesOfABulkOperationAndStubsOfDeletedOrdersAreNoOrdersAndNotRefused() {
    // Of the bulk operation's five lines two are orders; of the connector's two records one.
    assertThat(fixture.dumps().recordCount()).isEqualTo(13 + 3 + 3);
    assertThat(fixture.dumps().reasons().keySet()).noneMatch(reason -> reason.contains("`id`"));
    assertThat(fixture.dumps().unknownFields())
        .contains("shop/order/line_items")
        .doesNotContain("shop/order/quantity", "shop/order/__parentId");
  }

  @Test
  void anOrderIsPlacedWhenItWasCreatedByTheShopsOffset() {
    assertThat(
            orders(
                "order_id IN (5011001, 5011002, 5011007, 5011009)",
                "order_id",
                "day(dt)",
                "date_format(ordered_at, \"yyyy-MM-dd'T'HH:mm:ss\")",
                "date_format(version_at, \"dd'T'HH:mm:ss\")"))
        .containsExactly(
            "5011001 10 2026-03-08T07:30:00 08T07:30:00",
            "5011001 11 2026-03-08T07:30:00 10T15:00:00",
            "5011002 10 2026-03-09T16:00:00 10T03:00:00",
            "5011007 10 2026-03-09T22:00:00 09T22:00:00",
            "5011009 12 2026-03-11T16:00:00 11T16:00:05");
  }

  @Test
  void tablesWithoutOffsetAreInTheConfiguredZone() {
    assertThat(
            orders(
                "source_code = 'archive'",
                "order_id",
                "date_format(ordered_at, \"yyyy-MM-dd'T'HH:mm:ss\")",
                "customer_key",
                "email",
                "total_amount",
                "currency_code",
                "financial_status_code",
                "is_test",
                "refunds"))
        .containsExactly(
            "4000001 2025-09-09T23:01:54 archive:8804 dee@example.org 3.7900 GBP paid false -",
            "4000002 2025-09-11T19:35:42 - - 5.0000 GBP pending true -");
  }

  @Test
  void theTotalIsWhatTheCustomerWasChargedAtFirstInTheShopsMoney() {
    assertThat(
            orders("source_code = 'shop'", "order_id", "day(dt)", "total_amount", "currency_code"))
        .containsExactly(
            "5011001 10 102.0000 USD",
            "5011001 11 102.0000 USD",
            "5011002 10 110.0000 USD",
            "5011003 10 80.0000 USD",
            "5011003 12 80.0000 USD",
            "5011004 10 120.0000 USD",
            "5011005 10 1.0000 USD",
            "5011006 10 60.0000 USD",
            "5011007 10 33.3000 USD",
            "5011008 11 45.5000 USD",
            "5011009 12 19.9900 USD");
  }

  @Test
  void aRefundIsWhatItsSuccessfulTransactionsPaidBack() {
    // Two succeeded and one failed; that the lines are worth 24.00 does not matter.
    assertThat(orders("order_id = 5011003 AND day(dt) = 10", REFUNDS))
        .containsExactly("91002@10.04:00=25.5000");
    assertThat(orders("order_id = 5011001 AND day(dt) = 11", REFUNDS))
        .containsExactly("91005@10.15:00=102.0000");
  }

  @Test
  void aRefundInTheCustomersMoneyIsWorthItsLinesInTheShops() {
    // 50.00 EUR were paid back; the line is worth 50.00 + 5.00 USD.
    assertThat(orders("order_id = 5011002", REFUNDS)).containsExactly("91001@10.03:00=55.0000");
  }

  @Test
  void aRefundWithoutTransactionsIsWorthItsLinesLessItsAdjustments() {
    // 30.00 + 2.40, and shipping of 8.00 + 0.64; 40.00 less the same discrepancy.
    assertThat(orders("order_id = 5011004", REFUNDS))
        .containsExactly("91003@10.05:00=41.0400,91004@10.05:10=0.0000");
  }

  @Test
  void aBulkOperationTellsTheTotalOfEachRefund() {
    assertThat(orders("order_id = 5011003 AND day(dt) = 12", REFUNDS, "financial_status_code"))
        .containsExactly("91002@10.04:00=25.5000,91006@11.19:00=10.0000 partially_refunded");
  }

  @Test
  void aGuestHasNeitherKeyNorEmptyAddress() {
    assertThat(orders("order_id = 5011001 AND day(dt) = 10", "customer_key", "email", "phone"))
        .containsExactly("- - -");
  }

  @Test
  void theBuyerIsKnownByTheOrderElseByTheCustomerInIt() {
    assertThat(
            orders(
                "order_id IN (5011002, 5011003, 5011008, 5011009)",
                "order_id",
                "day(dt)",
                "customer_key",
                "email",
                "replace(phone, ' ', '')"))
        .containsExactly(
            "5011002 10 shop:8801 ada@example.org +12025550101",
            "5011003 10 shop:8802 bo@example.org -",
            "5011003 12 shop:8802 bo@example.org -",
            "5011008 11 shop:8801 ada@example.org -",
            "5011009 12 shop:8803 cy@example.org +12025550103");
  }

  @Test
  void testsAndCancellationsAreToldApart() {
    assertThat(
            orders(
                "is_test OR cancelled_at IS NOT NULL",
                "order_id",
                "is_test",
                "date_format(cancelled_at, 'dd.HH:mm')",
                "financial_status_code"))
        .containsExactly(
            "4000002 true - pending", "5011005 true - paid", "5011006 false 09.21:00 voided");
  }

  @Test
  void moneyThatNobodyCanTellIsRefused() {
    assertThat(fixture.dumps().reasons())
        .hasSize(3)
        .containsEntry(
            "shop/order: `refunds` holds a refund without money of the shop's currency", 1L)
        .containsEntry("shop/order: `total_price_set` and `total_price` hold no amount", 1L)
        .containsEntry(
            "shop/order: `refunds` holds a refund whose `created_at` is no instant with an offset",
            1L);
  }

  @Test
  void customersOfBothApisHaveTheirContacts() {
    assertThat(
            fixture.rows(
                "customer",
                "customer_key",
                "email",
                "phone",
                "date_format(created_at, 'yyyy-MM-dd.HH:mm')",
                "date_format(version_at, 'dd.HH:mm')"))
        .containsExactly(
            "shop:8801 ada@example.org +12025550101 2026-01-02.17:00 01.17:00",
            "shop:8802 - - 2026-01-02.17:00 01.17:00",
            "shop:8803 cy@example.org +12025550103 2026-03-11.15:59 11.16:00");
  }
}
