package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.io.OnePartition;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class NextContactTest extends SparkTestBase {

  private static final String TICKETS =
      "ticket_key string, person_key string, type_code string, direction_code string, is_counted"
          + " boolean, created_at bigint, last_solved_at bigint, follow_up_of_key string";

  private static Row ticket(String key, String person, String type, long createdAt, Long solvedAt) {
    return RowFactory.create(key, person, type, "inbound", true, createdAt, solvedAt, null);
  }

  @Test
  void theNextContactIsTheFirstTicketOfThatPersonAndTypeOrFollowUpAfterTheSolve() {
    assertSameRows(
        rows(
            "ticket_key string, next_contact_at bigint",
            RowFactory.create("first", 30L),
            RowFactory.create("at the solve", 30L),
            RowFactory.create("again", 40L),
            RowFactory.create("later", null),
            RowFactory.create("other type", null),
            RowFactory.create("outbound", null),
            RowFactory.create("spam", null),
            RowFactory.create("followed up", 55L),
            RowFactory.create("too early", null),
            RowFactory.create("follow-up", null),
            RowFactory.create("nobody 1", null),
            RowFactory.create("nobody 2", null)),
        NextContact.of(
                rows(
                    TICKETS,
                    ticket("first", "c", "t", 10, 20L),
                    ticket("at the solve", "c", "t", 20, 25L),
                    ticket("again", "c", "t", 30, 35L),
                    ticket("later", "c", "t", 40, null),
                    ticket("other type", "c", "u", 21, 22L),
                    RowFactory.create("outbound", "c", "t", "outbound", true, 26L, null, null),
                    RowFactory.create("spam", "c", "t", "inbound", false, 27L, null, null),
                    ticket("followed up", "d", "t", 10, 50L),
                    RowFactory.create(
                        "too early", "d", "v", "inbound", true, 50L, null, "followed up"),
                    RowFactory.create(
                        "follow-up", "e", "u", "outbound", true, 55L, null, "followed up"),
                    ticket("nobody 1", null, "t", 10, 20L),
                    ticket("nobody 2", null, "t", 30, 40L)))
            .select("ticket_key", "next_contact_at"));
  }

  @Test
  void theNextInboundTicketIsOfAnyTypeAndAtTheSolveNoneYet() {
    assertSameRows(
        rows(
            "ticket_key string, next_inbound_at bigint, next_contact_at bigint",
            RowFactory.create("first", 22L, 30L),
            RowFactory.create("at the solve", 30L, 30L),
            RowFactory.create("other type", 30L, null),
            RowFactory.create("open", null, null),
            RowFactory.create("outbound", 30L, 30L),
            RowFactory.create("nobody", null, null)),
        NextContact.of(
                rows(
                    TICKETS,
                    ticket("first", "p", "t", 10, 20L),
                    ticket("at the solve", "p", "t", 20, 25L),
                    ticket("other type", "p", "u", 22, 24L),
                    ticket("open", "p", "t", 30, null),
                    RowFactory.create("outbound", "p", "t", "outbound", true, 21L, 23L, null),
                    ticket("nobody", null, "t", 10, 20L)))
            .select("ticket_key", "next_inbound_at", "next_contact_at"));
  }

  @Test
  void bothAnswersTakeOneShuffle() {
    // As for many rows: of few in one partition nothing is shuffled at all.
    OnePartition.use(spark(), false);
    String plan;
    try {
      plan =
          NextContact.of(rows(TICKETS, ticket("a", "p", "t", 10, 20L)))
              .queryExecution()
              .executedPlan()
              .toString();
    } finally {
      OnePartition.use(spark(), true);
    }

    assertThat(plan.split("hashpartitioning\\(list", -1)).as(plan).hasSize(2);
  }
}
