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

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * When a person came back after a ticket was resolved.
 *
 * <p>The next inbound ticket is the first creation, strictly after the last solve, of another
 * counted inbound ticket of the same person. The next contact is the first of those of the same
 * type, or a counted follow-up of any type. People are never joined with themselves: tickets and
 * contacts lie in one list per person, latest first, and each ticket looks at the contacts before
 * it.
 */
public final class NextContact {

  private NextContact() {}

  /**
   * The tickets with two more columns, {@code next_contact_at} and {@code next_inbound_at}, of the
   * type of {@code created_at}; null: none, or not resolved.
   *
   * @param tickets ticket_key, person_key, type_code, direction_code, is_counted, created_at,
   *     last_solved_at, follow_up_of_key, and any other columns
   */
  public static Dataset<Row> of(Dataset<Row> tickets) {
    Column isContact =
        col("is_counted")
            .and(col("direction_code").equalTo("inbound"))
            .and(col("person_key").isNotNull());
    // A ticket of nobody is a list of its own.
    Column list =
        coalesce(
            concat(lit("person "), col("person_key")), concat(lit("ticket "), col("ticket_key")));
    Column contactAt = lit(null).cast(tickets.schema().apply("created_at").dataType());

    Dataset<Row> questions =
        tickets.select(
            list.as("list"),
            col("type_code").as("type"),
            col("last_solved_at").as("at"),
            lit(0).as("is_contact"),
            contactAt.as("contact_at"),
            struct(col("*")).as("ticket"));
    Dataset<Row> contacts =
        tickets
            .filter(isContact)
            .select(
                list.as("list"),
                col("type_code").as("type"),
                col("created_at").as("at"),
                lit(1).as("is_contact"),
                col("created_at").as("contact_at"),
                lit(null).cast(questions.schema().apply("ticket").dataType()).as("ticket"));
    // In this order one shuffle by person serves both: what lies together by person does so by
    // person and type.
    Dataset<Row> answered =
        questions
            .union(contacts)
            .withColumn("next_inbound_at", min("contact_at").over(later("list")))
            .withColumn("next_contact_at", min("contact_at").over(later("list", "type")))
            .filter(col("is_contact").equalTo(0))
            .select("ticket.*", "next_inbound_at", "next_contact_at");

    Dataset<Row> followUps =
        tickets
            .filter(col("is_counted").and(col("follow_up_of_key").isNotNull()))
            .groupBy(col("follow_up_of_key").as("ticket_key"))
            .agg(collect_list("created_at").as("_follow_ups"));
    Column nextFollowUp =
        array_min(filter(col("_follow_ups"), createdAt -> createdAt.gt(col("last_solved_at"))));
    Column isSolved = col("last_solved_at").isNotNull();
    return Joins.zeroOrOneOfFew(answered, followUps, "ticket_key")
        .withColumn("next_inbound_at", when(isSolved, col("next_inbound_at")))
        .withColumn("next_contact_at", when(isSolved, least(col("next_contact_at"), nextFollowUp)))
        .drop("_follow_ups");
  }

  /** Of one instant questions come first: a contact at the very solve is not after it. */
  private static WindowSpec later(String... list) {
    return Window.partitionBy(Arrays.stream(list).map(name -> col(name)).toArray(Column[]::new))
        .orderBy(col("at").desc_nulls_first(), col("is_contact").asc())
        .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }
}
