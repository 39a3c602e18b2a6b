package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_message}: delivered messages and notes. */
public final class FactMessage implements Table {

  @Override
  public String name() {
    return "fact_message";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Projections.ofEach(
        inputs.get(TicketHistory.NAME),
        "messages",
        "ticket_key",
        "ticket_created_date",
        "message_id",
        "type_code",
        "channel_code",
        "brand_code",
        "team_code",
        "is_counted",
        "direction_code",
        "sent_at",
        "author_key",
        "author_class_code",
        "agent_key",
        "is_public",
        "is_exchange_start",
        "chat_session_id",
        "language_code",
        "body_length",
        "sentiment_score",
        "sentiment_scorer_code");
  }
}
