package dev.nightdesk.logic;

import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * When a customer came back after a ticket was resolved.
 *
 * <p>That is the first creation, strictly after the last solve, of another counted inbound ticket
 * of the same customer and type, or of a counted follow-up of any type. Customers are never joined
 * with themselves: tickets and contacts lie in one list per customer and type, latest first, and
 * each ticket looks at the contacts before it.
 */
public final class NextContact {

  private NextContact() {}

  /**
   * The tickets with one more column, {@code next_contact_at}, of the type of {@code created_at}.
   *
   * @param tickets ticket_key, customer_key, type_code, direction_code, is_counted, created_at,
   *     last_solved_at, follow_up_of_key, and any other columns
   */
  public static Dataset<Row> of(Dataset<Row> tickets) {
    Column isContact =
        col("is_counted")
            .and(col("direction_code").equalTo("inbound"))
            .and(col("customer_key").isNotNull());
    // A ticket without customer is a list of its own.
    Column list =
        coalesce(concat(col("customer_key"), lit("\n"), col("type_code")), col("ticket_key"));
    Column contactAt = lit(null).cast(tickets.schema().apply("created_at").dataType());

    Dataset<Row> questions =
        tickets.select(
            list.as("list"),
            col("last_solved_at").as("at"),
            lit(0).as("is_contact"),
            contactAt.as("contact_at"),
            struct(col("*")).as("ticket"));
    Dataset<Row> contacts =
        tickets
            .filter(isContact)
            .select(
                list.as("list"),
                col("created_at").as("at"),
                lit(1).as("is_contact"),
                col("created_at").as("contact_at"),
                lit(null).cast(questions.schema().apply("ticket").dataType()).as("ticket"));
    // Of one instant questions come first: a contact at the very solve is not after it.
    WindowSpec later =
        Window.partitionBy("list")
            .orderBy(col("at").desc_nulls_first(), col("is_contact").asc())
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Dataset<Row> answered =
        questions
            .union(contacts)
            .withColumn("next_contact_at", min("contact_at").over(later))
            .filter(col("is_contact").equalTo(0))
            .select("ticket.*", "next_contact_at");

    Dataset<Row> followUps =
        tickets
            .filter(col("is_counted").and(col("follow_up_of_key").isNotNull()))
            .groupBy(col("follow_up_of_key").as("ticket_key"))
            .agg(collect_list("created_at").as("_follow_ups"));
    Column nextFollowUp =
        array_min(filter(col("_follow_ups"), createdAt -> createdAt.gt(col("last_solved_at"))));
    return Joins.zeroOrOneOfFew(answered, followUps, "ticket_key")
        .withColumn(
            "next_contact_at",
            when(col("last_solved_at").isNotNull(), least(col("next_contact_at"), nextFollowUp)))
        .drop("_follow_ups");
  }
}
