package dev.nightdesk.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.contract.ContractViolation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairReaderTest {

  private static final String YAML =
      """
      title: "Greetings"
      section: Volume
      description: "How often we say hello."
      kind: contributions
      needs: [message]
      attribution: "sent"
      agent: "the author"
      measures:
        hello_count: {fold: count}
        hello_seconds: {fold: distribution, where: "hello_seconds < 60"}
      kpis:
        hello_seconds_mean:
          title: "Mean hello"
          question: "How long is a hello?"
          unit: seconds
          good: lower
          numerator: hello_seconds_sum
          denominator: hello_seconds_count
      """;

  @Test
  void aKpiKnowsItsMeasuresFormulaAndNeeds() {
    Kpi kpi = KpiCatalog.of(List.of(new Pair("hello", "SELECT 1", YAML))).kpi("hello_seconds_mean");

    assertThat(kpi.measures()).containsExactly("hello_seconds");
    assertThat(kpi.formula().text()).isEqualTo("hello_seconds_sum ÷ hello_seconds_count");
    assertThat(kpi.needs()).isEqualTo(Set.of("message"));
    assertThat(kpi.grains()).isEqualTo(Grain.OF_DAYS);
    assertThat(kpi.agent()).isEqualTo("the author");
  }

  @Test
  void aKpiThatDividesByAnotherTopicNeedsWhatThatOneNeeds() {
    String other =
        YAML.replace("message", "ticket")
            .replace("hello_count", "bye_count")
            .replace("hello_seconds", "bye_seconds")
            .replace("denominator: bye_seconds_count", "denominator: hello_count");

    Kpi kpi =
        KpiCatalog.of(
                List.of(new Pair("hello", "SELECT 1", YAML), new Pair("bye", "SELECT 1", other)))
            .kpi("bye_seconds_mean");

    assertThat(kpi.needs()).containsExactlyInAnyOrder("ticket", "message");
  }

  @Test
  void aFormulaWithoutItsMeasureIsRefusedByPlace() {
    refuses(
        YAML.replace("denominator: hello_seconds_count", "denominator: hellos"),
        "kpis: hello_seconds_mean",
        "hellos");
  }

  @Test
  void brokenSqlIsRefusedByPlace() {
    refuses(
        YAML.replace("hello_seconds < 60", "hello_seconds <"),
        "measures: hello_seconds",
        "hello_seconds <");
  }

  @Test
  void aMisspeltKeyIsRefused() {
    refuses(YAML.replace("needs:", "need:"), "schemas/kpi/hello.yaml", "`need`");
  }

  @Test
  void anUnknownFoldIsRefusedWithTheKnownOnes() {
    refuses(YAML.replace("fold: count", "fold: average"), "measures: hello_count", "distribution");
  }

  @Test
  void twoTopicsWithOneMeasureAreRefused() {
    assertThatThrownBy(
            () ->
                KpiCatalog.of(
                    List.of(new Pair("a", "SELECT 1", YAML), new Pair("b", "SELECT 1", YAML))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("schemas/kpi/b.yaml")
        .hasMessageContaining("hello_count");
  }

  @Test
  void distinctValuesHaveNoHours() {
    refuses(
        YAML.replace("{fold: count}", "{fold: distinct}")
            .replace("needs:", "grains: [hour, day]\nneeds:"),
        "schemas/kpi/hello.yaml",
        "hello_count");
  }

  private static final String MONEY =
      """
      title: "Sales"
      section: Commerce
      description: "What we sold."
      kind: contributions
      currency: currency_code
      needs: [order]
      attribution: "order"
      agent: "nobody"
      measures:
        sold_amount: {fold: sum, type: "decimal(19,4)"}
        sale_count: {fold: count}
      kpis:
        sold_amount: {title: "Sold", question: "How much?", unit: currency, good: higher}
        sale_amount_mean:
          title: "Mean sale"
          question: "How much is a sale?"
          unit: currency
          good: higher
          numerator: sold_amount
          denominator: sale_count
      """;

  @Test
  void moneyIsExactAndMayBeDividedByWhatItsOwnTopicCounts() {
    KpiCatalog catalog = KpiCatalog.of(List.of(new Pair("sale", "SELECT 1", MONEY)));

    assertThat(catalog.topic("sale").isMoney()).isTrue();
    assertThat(catalog.kpi("sold_amount").type().sql()).isEqualTo("DECIMAL(19,4)");
    assertThat(catalog.kpi("sale_amount_mean").measures())
        .containsExactlyInAnyOrder("sold_amount", "sale_count");
  }

  @Test
  void moneyDividedByWhatCountsEveryCurrencyIsRefused() {
    refusesMoney(
        MONEY.replace("denominator: sale_count", "denominator: hello_count"), "hello_count");
  }

  @Test
  void aNumberThatIsNoAmountIsRefusedAsMoney() {
    refusesMoney(MONEY.replace(", type: \"decimal(19,4)\"", ""), "sold_amount");
    refusesMoney(MONEY.replace("unit: currency, good", "unit: euros, good"), "euros");
  }

  @Test
  void aKpiOfAnotherTopicCannotUseMoney() {
    assertThatThrownBy(
            () ->
                KpiCatalog.of(
                    List.of(
                        new Pair("sale", "SELECT 1", MONEY),
                        new Pair(
                            "hello",
                            "SELECT 1",
                            YAML.replace(
                                "numerator: hello_seconds_sum", "numerator: sold_amount")))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("kpis: hello_seconds_mean")
        .hasMessageContaining("sold_amount");
  }

  private static void refusesMoney(String yaml, String value) {
    assertThatThrownBy(
            () ->
                KpiCatalog.of(
                    List.of(
                        new Pair("hello", "SELECT 1", YAML), new Pair("sale", "SELECT 1", yaml))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("schemas/kpi/sale.yaml")
        .hasMessageContaining(value);
  }

  private static void refuses(String yaml, String place, String value) {
    assertThatThrownBy(() -> KpiCatalog.of(List.of(new Pair("hello", "SELECT 1", yaml))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining(place)
        .hasMessageContaining(value);
  }
}
