package dev.nightdesk.dim;

import dev.nightdesk.BuiltTables;
import dev.nightdesk.SparkTestBase;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class DimCustomerTest extends SparkTestBase {

  // printf ann@example.org | sha256sum, and so on: the default salt is empty.
  private static final String ANN =
      "email:438c4c7afe600cdf1e455c369bec76dc970fc8ca463447c7b387a347f3c79331";

  private static final String SHARED =
      "phone:0ec1894b9128035480a8a65fc89dede8fb170df386cf552118efe1bacb4a7603";

  private static Row person(String customerKey, String personKey) {
    return RowFactory.create(customerKey, personKey);
  }

  @Test
  void peopleAreOneByEmailElseByThePhoneOfExactlyOnePersonElseByTheirId() {
    BuiltTables tables =
        new BuiltTables(
                new Night(
                    LocalDate.parse("2021-01-31"), ReportingCalendar.UTC, DefaultDefinitions.VALUE))
            .with(
                "stg_customer",
                "customer_key",
                "h:ann",
                "customer_id",
                "ann",
                "email",
                "ann@example.org",
                "phone",
                "+49 30 1234567")
            .with(
                "stg_customer",
                "customer_key",
                "s:ann",
                "customer_id",
                "ann",
                "email",
                " Ann@Example.ORG ",
                "phone",
                "+49 30 7654321")
            // Only a phone, and only Ann has it.
            .with(
                "stg_customer",
                "customer_key",
                "h:a2",
                "customer_id",
                "a2",
                "phone",
                "+4930-1234567")
            // A household's phone: Bob and Cid have it, so it tells nothing of who calls.
            .with(
                "stg_customer",
                "customer_key",
                "h:bob",
                "customer_id",
                "bob",
                "email",
                "bob@example.org",
                "phone",
                "+49301111111")
            .with(
                "stg_customer",
                "customer_key",
                "h:cid",
                "customer_id",
                "cid",
                "email",
                "cid@example.org",
                "phone",
                "+49301111111")
            .with(
                "stg_customer",
                "customer_key",
                "h:b2",
                "customer_id",
                "b2",
                "phone",
                "+49 301111111")
            .with(
                "stg_customer",
                "customer_key",
                "h:b3",
                "customer_id",
                "b3",
                "phone",
                "+49 (30) 1111111")
            // Nothing that could be compared.
            .with(
                "stg_customer", "customer_key", "h:d", "customer_id", "d", "email", "", "phone", "")
            .with(
                "stg_customer",
                "customer_key",
                "h:e",
                "customer_id",
                "e",
                "email",
                " ",
                "phone",
                "n/a");

    assertSameRows(
        rows(
            "customer_key string, person_key string",
            person("h:ann", ANN),
            person("s:ann", ANN),
            person("h:a2", ANN),
            person(
                "h:bob", "email:686b5e4cf4f963adf8f51468a48028ef8d15bd02fa335f821279a3d1678c9615"),
            person(
                "h:cid", "email:9a6946a19db0c3b811d9636bf61692481d7aa32d3b24f488a9bfc3f3ee7a1a0f"),
            person("h:b2", SHARED),
            person("h:b3", SHARED),
            person("h:d", "h:d"),
            person("h:e", "h:e")),
        tables.of(new DimCustomer()).select("customer_key", "person_key"));
  }
}
