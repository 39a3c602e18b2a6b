package dev.nightdesk.kpi;

import dev.nightdesk.table.Night;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a night changed in facts and dims, as the KPI engine needs to see it.
 *
 * <p>A fact has a unit: the column of which all rows with one value change together. A unit is
 * touched if a row of it changed, or if an instant of it lies between the two ends of time.
 */
public interface KpiChangeInputs {

  /** The night whose tables {@link #before} gives. */
  Night nightBefore();

  /** The night whose tables {@link #after} gives; of the same definitions. */
  Night nightNow();

  /** Raw entities that a loaded source delivers, before and now. */
  Set<String> delivered();

  /** A fact, a dim or a KPI table as it was. */
  Dataset<Row> before(String table);

  /** Rows of a table as it was. */
  Dataset<Row> before(String table, Column condition);

  /** A fact or a dim as it is. */
  Dataset<Row> after(String table);

  /** Whether a fact or a dim may have other rows now than before. */
  boolean isChanged(String table);

  /** The column that names the units of a fact; none of a dim. */
  Optional<String> unit(String table);

  /** Whether any unit of a fact is touched. */
  boolean isTouched(String fact);

  /** The rows that touched units had in a fact. */
  Dataset<Row> touchedBefore(String fact);

  /** The rows that touched units have in a fact. */
  Dataset<Row> touchedNow(String fact);
}
