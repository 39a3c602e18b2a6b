package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.nightdesk.contract.ColumnChecks.Range;
import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/** What a contract promises of every single row. */
final class RowPromises {

  private RowPromises() {}

  /**
   * A promise of one column.
   *
   * @param rule the rule
   * @param column the column
   * @param expected what its values should be
   * @param isBroken true for a row that breaks it, never null
   */
  record Promise(Rule rule, String column, String expected, Column isBroken) {}

  static List<Promise> of(TableContract contract) {
    List<Promise> promises = new ArrayList<>();
    for (ColumnContract column : contract.columns()) {
      Column value = col(column.name());
      if (column.isRequired()) {
        promises.add(promise(Rule.NOT_NULL, column, "a value", value.isNull()));
      }
      if (!column.codes().isEmpty()) {
        promises.add(
            promise(
                Rule.ACCEPTED_CODE,
                column,
                "one of " + String.join(", ", column.codes()),
                not(value.isin(column.codes().toArray()))));
      }
      if (column.checks().notBefore().isPresent()) {
        String earlier = column.checks().notBefore().get();
        promises.add(
            promise(
                Rule.INSTANTS_IN_ORDER, column, "not before " + earlier, value.lt(col(earlier))));
      }
      if (column.checks().range() == Range.NATURAL) {
        if (isRatio(column)) {
          promises.add(
              promise(
                  Rule.RATIO_IN_RANGE, column, "0 to 1", value.lt(lit(0)).or(value.gt(lit(1)))));
        } else if (isCounted(column)) {
          promises.add(promise(Rule.NOT_NEGATIVE, column, "0 or more", value.lt(lit(0))));
        }
      }
    }
    return promises;
  }

  private static Promise promise(
      Rule rule, ColumnContract column, String expected, Column isBroken) {
    // What is not known breaks nothing: null is the business of NOT NULL.
    return new Promise(rule, column.name(), expected, coalesce(isBroken, lit(false)));
  }

  private static boolean isRatio(ColumnContract column) {
    return isNumber(column.type())
        && (column.unit().equals("ratio") || column.name().endsWith("_ratio"));
  }

  private static boolean isCounted(ColumnContract column) {
    return isNumber(column.type())
        && (column.name().endsWith("_seconds") || column.name().endsWith("_count"));
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType;
  }
}
