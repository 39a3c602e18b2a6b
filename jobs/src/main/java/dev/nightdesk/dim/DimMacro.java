package dev.nightdesk.dim;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code dim_macro}: the macros of the dumps, and those that only their uses name.
 *
 * <p>A macro that no dump describes is taken as active: somebody uses it.
 */
public final class DimMacro implements Table {

  @Override
  public String name() {
    return "dim_macro";
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_macro", "stg_macro_use");
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Dataset<Row> known =
        LatestPerKey.of(inputs.get("stg_macro"), "macro_key")
            .select(
                col("macro_key"),
                col("source_code"),
                col("macro_id"),
                col("macro_name"),
                col("is_active"),
                col("created_at"),
                lit(true).as("is_known"));
    Dataset<Row> used =
        LatestPerKey.of(inputs.get("stg_macro_use"), "macro_use_key")
            .filter(col("used_at").lt(lit(night.asOf())))
            .select("macro_key", "source_code")
            .distinct()
            .select(
                col("macro_key"),
                col("source_code"),
                expr("substr(macro_key, instr(macro_key, ':') + 1)").as("macro_id"),
                expr("substr(macro_key, instr(macro_key, ':') + 1)").as("macro_name"),
                lit(true).as("is_active"),
                lit(null).cast("timestamp").as("created_at"),
                lit(false).as("is_known"));
    return known.union(
        used.join(known.select("macro_key"), new String[] {"macro_key"}, "left_anti"));
  }
}
