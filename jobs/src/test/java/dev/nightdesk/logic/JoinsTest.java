package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.SparkTestBase;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class JoinsTest extends SparkTestBase {

  @Test
  void zeroOrOneKeepsTheLeftRowThatFindsNothing() {
    Dataset<Row> tickets =
        rows("ticket_key string", RowFactory.create("a"), RowFactory.create("b"));
    Dataset<Row> replies = rows("ticket_key string, reply string", RowFactory.create("a", "hello"));

    assertSameRows(
        rows(
            "ticket_key string, reply string",
            RowFactory.create("a", "hello"),
            RowFactory.create("b", null)),
        Joins.zeroOrOne(tickets, replies, "ticket_key"));
  }

  @Test
  void zeroOrOneRefusesTwoRightRowsOfOneKeyAndNamesTheKey() {
    Dataset<Row> tickets = rows("ticket_key string", RowFactory.create("a"));
    Dataset<Row> replies =
        rows(
            "ticket_key string, reply string",
            RowFactory.create("a", "hello"),
            RowFactory.create("a", "again"));

    assertThatThrownBy(() -> Joins.zeroOrOne(tickets, replies, "ticket_key").collectAsList())
        .hasMessageContaining(
            "A join by ticket_key expects one row of a key, but found several of a");
  }
}
