package dev.nightdesk.fact;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * {@code fact_self_service_session}: visits of the help centre that began before as of, and when
 * the visitor wrote all the same.
 */
public final class FactSelfServiceSession implements Table {

  /** The table's name. */
  public static final String NAME = "fact_self_service_session";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_self_service_session", TicketHistory.NAME, DimCustomer.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Dataset<Row> customers = inputs.get(DimCustomer.NAME);
    Dataset<Row> tickets =
        inputs
            .get(TicketHistory.NAME)
            .filter(
                col("is_counted")
                    .and(col("direction_code").equalTo("inbound"))
                    .and(col("customer_key").isNotNull()))
            .select("customer_key", "created_at");
    Dataset<Row> contacts =
        PersonKeys.ofCustomerKeys(tickets, customers)
            .select(col("person_key"), timestamp_micros(col("created_at")).as("created_at"));
    return rows(cores(inputs.get("stg_self_service_session"), customers, night), contacts, night);
  }

  /**
   * What the sessions' own records tell, and who the visitor was: all columns but the last.
   *
   * @param versions staged sessions: all versions of each
   * @param customers dim_customer
   */
  public static Dataset<Row> cores(Dataset<Row> versions, Dataset<Row> customers, Night night) {
    Column asOf = lit(night.asOf());
    Dataset<Row> sessions =
        LatestPerKey.of(versions, "session_key")
            .filter(col("started_at").lt(asOf))
            .withColumn("ended_at", when(col("ended_at").lt(asOf), col("ended_at")));
    return coresOfRows(PersonKeys.ofCustomerKeys(sessions, customers));
  }

  /** The same from rows of this table, of sessions whose records have not changed since. */
  public static Dataset<Row> coresOfRows(Dataset<Row> rows) {
    return rows.select(
        "session_key",
        "source_code",
        "session_id",
        "customer_key",
        "person_key",
        "started_at",
        "ended_at",
        "article_view_count");
  }

  /**
   * The rows of the table.
   *
   * @param contacts person_key and created_at of the counted inbound tickets of the sessions'
   *     persons
   * @param night whose self-service window bounds next_inbound_at
   */
  public static Dataset<Row> rows(Dataset<Row> cores, Dataset<Row> contacts, Night night) {
    Dataset<Row> questions =
        cores.select(
            // An anonymous session is a list of its own.
            coalesce(
                    concat(lit("person "), col("person_key")),
                    concat(lit("session "), col("session_key")))
                .as("list"),
            col("started_at").as("at"),
            lit(null).cast("timestamp").as("contact_at"),
            struct(col("*")).as("session"));
    Dataset<Row> answers =
        contacts.select(
            concat(lit("person "), col("person_key")).as("list"),
            col("created_at").as("at"),
            col("created_at").as("contact_at"),
            lit(null).cast(questions.schema().apply("session").dataType()).as("session"));
    // Latest first, and a ticket of the very instant counts: rows of equal instants are one range.
    WindowSpec fromThenOn =
        Window.partitionBy("list")
            .orderBy(unix_micros(col("at")).desc())
            .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
    Column isInWindow =
        unix_micros(col("contact_at"))
            .leq(
                unix_micros(col("at"))
                    .plus(MICROSECONDS.convert(night.definitions().windows().selfService())));
    return questions
        .union(answers)
        .withColumn("contact_at", min("contact_at").over(fromThenOn))
        .filter(col("session").isNotNull())
        // As in fact_ticket: who writes after years changes nothing of then.
        .withColumn("next_inbound_at", when(isInWindow, col("contact_at")))
        .select("session.*", "next_inbound_at");
  }
}
