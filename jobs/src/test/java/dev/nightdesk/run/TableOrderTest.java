package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TableOrderTest {

  private record Named(String name, List<String> inputs) implements Table {

    static Named of(String name, String... inputs) {
      return new Named(name, List.of(inputs));
    }

    @Override
    public Dataset<Row> build(Inputs inputs, Night night) {
      throw new UnsupportedOperationException("only the order is looked at");
    }
  }

  @Test
  void aTableBeginsWhenItsInputsAreMadeAndTheFirstOfTheListGoesFirst() throws InterruptedException {
    Table customer = Named.of("customer", "log");
    Table order = Named.of("order", "customer");
    Table date = Named.of("date", "log");
    TableOrder tables = new TableOrder(List.of(customer, order, date), Set.of("log"));

    assertThat(tables.next()).isSameAs(customer);
    assertThat(tables.next()).isSameAs(date);
    tables.made(customer);
    assertThat(tables.next()).isSameAs(order);
    assertThat(tables.next()).isNull();
  }

  @Test
  void afterAFailureNothingNewBegins() throws InterruptedException {
    TableOrder tables = new TableOrder(List.of(Named.of("a"), Named.of("b", "a")), Set.of());
    tables.next();

    tables.stop();

    assertThat(tables.next()).isNull();
  }

  @Test
  void onlyTablesThatOthersAreMadeOfAreReadBack() {
    assertThat(
            TableOrder.inputsAmong(
                List.of(Named.of("a", "log"), Named.of("b", "a", "log"), Named.of("c", "a"))))
        .containsExactly("a");
  }

  @Test
  void aTableBeforeItsInputIsRefusedBeforeAnythingIsMade() {
    assertThatThrownBy(
            () -> new TableOrder(List.of(Named.of("b", "a"), Named.of("a")), Set.of("log")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Table b")
        .hasMessageContaining("Warehouse");
  }
}
