package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.logic.SurveyScores;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code fact_survey}: surveys with their latest answers.
 *
 * <p>Those of tickets come from the tickets' histories, which know the assignee at rating time.
 * Those outside of any ticket count for nobody and no type; those of a ticket that no dump delivers
 * are kept, but not counted.
 */
public final class FactSurvey implements Table {

  private static final String[] BEFORE_SCORES = {
    "survey_key",
    "source_code",
    "ticket_key",
    "customer_key",
    "type_code",
    "channel_code",
    "brand_code",
    "team_code",
    "is_counted",
    "kind_code",
    "sent_at",
    "sent_agent_key",
    "answered_at",
    "agent_key",
    "scale_min",
    "scale_max",
    "is_higher_better",
    "score",
    "answer_code"
  };

  @Override
  public String name() {
    return "fact_survey";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME, "stg_survey");
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Dataset<Row> ofTickets =
        Projections.ofEach(inputs.get(TicketHistory.NAME), "surveys", BEFORE_SCORES);
    Dataset<Row> others =
        LatestPerKey.of(inputs.get("stg_survey"), "survey_key")
            .join(ofTickets.select("survey_key"), new String[] {"survey_key"}, "left_anti");
    return SurveyScores.of(
            ofTickets.unionByName(asKnown(others, night)), night.definitions().csatCutPoints())
        .select(
            "survey_key",
            "source_code",
            "ticket_key",
            "customer_key",
            "type_code",
            "channel_code",
            "brand_code",
            "team_code",
            "is_counted",
            "kind_code",
            "sent_at",
            "sent_agent_key",
            "answered_at",
            "agent_key",
            "scale_min",
            "scale_max",
            "score",
            "is_positive",
            "is_top_score",
            "common_score_nanos");
  }

  /** Surveys without a history, as known as of the night. */
  private static Dataset<Row> asKnown(Dataset<Row> surveys, Night night) {
    Column asOf = lit(night.asOf());
    Column isSent = col("sent_at").lt(asOf);
    Column isAnswered = col("answered_at").lt(asOf);
    Column isNotDated = col("sent_at").isNull().and(col("answered_at").isNull());
    return surveys
        .filter(isSent.or(isAnswered).or(isNotDated))
        .withColumn("type_code", lit(Definitions.UNSPECIFIED))
        .withColumn("channel_code", lit(Definitions.UNSPECIFIED))
        .withColumn("brand_code", lit(Definitions.UNSPECIFIED))
        .withColumn("team_code", lit(Definitions.UNSPECIFIED))
        .withColumn("is_counted", col("ticket_key").isNull())
        .withColumn("sent_agent_key", lit(Definitions.UNASSIGNED))
        .withColumn("agent_key", lit(Definitions.UNASSIGNED))
        .withColumn("score", when(isAnswered, col("score")))
        .withColumn("answer_code", when(isAnswered, col("answer_code")))
        .withColumn("answered_at", when(isAnswered, col("answered_at")))
        .select(Arrays.stream(BEFORE_SCORES).map(name -> col(name)).toArray(Column[]::new));
  }
}
