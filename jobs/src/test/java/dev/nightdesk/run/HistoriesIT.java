package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.table.Table;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * After every night the tables are those of a warehouse that read all dumps at once, whatever way
 * the dumps were cut into nights: of many histories packed into one warehouse, which differ in all
 * that they are grouped by.
 */
class HistoriesIT extends HistoryNights {

  private static final int PACKED = Integer.getInteger("histories", 8);
  private static final int NIGHTS = Integer.getInteger("histories.nights", 3);

  /** Of fewer some columns are the same in all rows, by chance. */
  private static final int ENOUGH_FOR_ALL_COLUMNS = 100;

  /** Our own dumps have no figures of a vendor; SourceNightsIT has. */
  private static final String OF_VENDORS = "reconciliation_ticket";

  @Test
  void everyTableOfEveryNightEqualsARebuild() {
    requireEqualNights(
        "packed",
        cut(NIGHTS, IntStream.rangeClosed(1, PACKED).toArray()),
        EnumSet.allOf(FactMutant.class),
        DEPTH == Depth.KPIS ? EnumSet.allOf(KpiMutant.class) : EnumSet.noneOf(KpiMutant.class));
    if (PACKED >= ENOUGH_FOR_ALL_COLUMNS) {
      assertThat(silentColumns(published("packed")))
          .as("columns that say nothing with -Dhistories.seed=%d", SEED)
          .isEmpty();
    }
  }

  /**
   * Columns of facts that are the same in all rows, or always null: they prove nothing. All tickets
   * are of one source, and all orders.
   */
  private static Set<String> silentColumns(NightTables tables) {
    Set<String> silent = new TreeSet<>();
    for (Table table : Warehouse.FACTS) {
      if (table.name().equals(OF_VENDORS)) {
        continue;
      }
      TableContract contract = Contracts.of(table.name());
      Column[] distinct =
          contract.columns().stream()
              .map(
                  column -> {
                    Column text = col(column.name()).cast("string");
                    return not(min(text).equalTo(max(text)))
                        .or(count(text).gt(0).and(count(text).lt(count(lit(1)))))
                        .as(column.name());
                  })
              .toArray(Column[]::new);
      Row row = tables.now(contract).agg(lit(0), distinct).first();
      for (ColumnContract column : contract.columns()) {
        if (!Boolean.TRUE.equals(row.<Boolean>getAs(column.name()))
            && !column.name().equals("source_code")) {
          silent.add(table.name() + "." + column.name());
        }
      }
    }
    return silent;
  }
}
