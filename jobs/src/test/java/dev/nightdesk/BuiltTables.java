package dev.nightdesk;

import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.fact.FactConversion;
import dev.nightdesk.fact.FactOrder;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Staged rows, and the tables that become of them in one night. */
public final class BuiltTables {

  /** Tables that others are made of. */
  private static final List<Table> BETWEEN =
      List.of(new TicketHistory(), new DimCustomer(), new FactOrder(), new FactConversion());

  private final Night night;
  private final Map<String, List<Row>> staged = new HashMap<>();
  private final Map<String, Dataset<Row>> built = new HashMap<>();

  /** No rows yet. */
  public BuiltTables(Night night) {
    this.night = night;
  }

  /** One more row of a staged table, as {@link StagedFixture#row} makes it. */
  public BuiltTables with(String table, Object... namesAndValues) {
    staged
        .computeIfAbsent(table, name -> new ArrayList<>())
        .add(StagedFixture.row(table, namesAndValues));
    return this;
  }

  /** An inbound e-mail ticket {@code h:<id>} of type question. */
  public BuiltTables ticket(String id, String customerKey, String createdAt) {
    return with(
        "stg_ticket",
        "ticket_key",
        "h:" + id,
        "ticket_id",
        id,
        "customer_key",
        customerKey,
        "type_code",
        "question",
        "channel_code",
        "email",
        "direction_code",
        "inbound",
        "created_at",
        createdAt);
  }

  /** A public message of an author of that class. */
  public BuiltTables message(String ticket, String at, String authorClass, String authorKey) {
    return with(
        "stg_message",
        "ticket_key",
        "h:" + ticket,
        "message_id",
        at + authorClass,
        "sent_at",
        at,
        "author_key",
        authorKey,
        "author_class_code",
        authorClass,
        "is_public",
        true,
        "is_delivered",
        true);
  }

  /** A bot solves the ticket. */
  public BuiltTables solved(String ticket, String at) {
    return with(
        "stg_ticket_event",
        "ticket_key",
        "h:" + ticket,
        "event_id",
        at,
        "occurred_at",
        at,
        "event_type_code",
        "status",
        "new_value",
        "solved",
        "actor_key",
        "h:robo",
        "actor_class_code",
        "bot");
  }

  /** The rows of a table; staged inputs without rows are empty. */
  public Dataset<Row> of(Table table) {
    Map<String, Dataset<Row>> inputs = new HashMap<>();
    for (String input : table.inputs()) {
      inputs.put(input, input(input));
    }
    return table.build(Inputs.of(table, inputs), night);
  }

  private Dataset<Row> input(String name) {
    for (Table table : BETWEEN) {
      if (table.name().equals(name)) {
        if (!built.containsKey(name)) {
          built.put(name, of(table).localCheckpoint());
        }
        return built.get(name);
      }
    }
    return SparkTestBase.rows(
        StagedFixture.schema(name), staged.getOrDefault(name, List.of()).toArray(Row[]::new));
  }
}
