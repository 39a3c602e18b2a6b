package dev.nightdesk.dim;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code dim_channel}: the channels of counted tickets, the platforms of mentions and the
 * telephone, and how each is measured.
 */
public final class DimChannel implements Table {

  @Override
  public String name() {
    return "dim_channel";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME, "stg_social_mention", "stg_call");
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Dataset<Row> ofTickets =
        inputs.get(TicketHistory.NAME).filter("is_counted").select("channel_code");
    Dataset<Row> ofMentions = inputs.get("stg_social_mention").select("platform_code");
    // A call without a ticket is of this channel, too.
    Dataset<Row> ofCalls = inputs.get("stg_call").limit(1).select(lit("phone"));
    return ofTickets
        .union(ofMentions)
        .union(ofCalls)
        .distinct()
        .select(col("channel_code"), group(night.definitions()).as("channel_group_code"));
  }

  private static Column group(Definitions definitions) {
    Column group = lit("other");
    for (Map.Entry<String, String> entry : new TreeMap<>(definitions.channelGroups()).entrySet()) {
      group = when(col("channel_code").equalTo(entry.getKey()), entry.getValue()).otherwise(group);
    }
    return group;
  }
}
