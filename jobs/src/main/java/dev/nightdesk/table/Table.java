package dev.nightdesk.table;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table of the warehouse: its name, what it is made from, and how.
 *
 * <p>{@link #build} is pure: the same inputs and night give the same rows. It neither reads nor
 * writes, and nothing in it knows the clock.
 */
public interface Table {

  /** The table's name, the same as that of its contract. */
  String name();

  /** Names of the tables that {@link #build} may ask for. */
  List<String> inputs();

  /**
   * The rows of the table, with the columns of its contract in the contract's order.
   *
   * @param inputs the declared inputs, nothing else
   * @param night as of when, and by which definitions
   */
  Dataset<Row> build(Inputs inputs, Night night);
}
