package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_social_mention}: mentions before as of, whether they became a ticket or not. */
public final class FactSocialMention implements Table {

  @Override
  public String name() {
    return "fact_social_mention";
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_social_mention");
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return LatestPerKey.of(inputs.get("stg_social_mention"), "mention_key")
        .filter(col("mentioned_at").lt(lit(night.asOf())))
        .select(
            "mention_key",
            "source_code",
            "mention_id",
            "platform_code",
            "mentioned_at",
            "ticket_key",
            "is_repost");
  }
}
