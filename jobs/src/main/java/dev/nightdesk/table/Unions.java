package dev.nightdesk.table;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of many data sets together. */
public final class Unions {

  private Unions() {}

  /**
   * All rows of data sets that have the same columns in the same order.
   *
   * <p>By halves: one after the other, every step would analyse again all that came before it.
   *
   * @param all at least one
   */
  public static Dataset<Row> of(List<Dataset<Row>> all) {
    return all.size() == 1
        ? all.get(0)
        : of(all.subList(0, all.size() / 2)).union(of(all.subList(all.size() / 2, all.size())));
  }
}
