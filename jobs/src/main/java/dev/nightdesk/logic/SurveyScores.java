package dev.nightdesk.logic;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a survey's answer is worth.
 *
 * <p>An answer is first turned so that high is good. Satisfaction and reviews lie on the common
 * scale 1 to 5, effort on 1 to 7 as ease; the recommendation (nps) has no common scale and no
 * positive answers. Words are positive or not, but no score.
 */
public final class SurveyScores {

  private SurveyScores() {}

  /**
   * The surveys with is_positive, is_top_score and common_score_nanos.
   *
   * @param surveys kind_code, scale_min, scale_max, is_higher_better, score, answer_code; answered
   *     or not
   * @param cutPoints the lowest positive score per satisfaction scale, "1-5" to 4
   */
  public static Dataset<Row> of(Dataset<Row> surveys, Map<String, Double> cutPoints) {
    Column min = col("scale_min");
    Column max = col("scale_max");
    Column score =
        when(col("is_higher_better"), col("score")).otherwise(min.plus(max).minus(col("score")));
    Column share = score.minus(min).divide(max.minus(min));
    Column isEffort = col("kind_code").equalTo("ces");
    Column isSatisfaction = col("kind_code").isin("csat", "review");

    Column common =
        when(isSatisfaction, share.multiply(4).plus(1)).when(isEffort, share.multiply(6).plus(1));
    Column isEasy = when(min.equalTo(1).and(max.equalTo(5)), score.geq(4)).otherwise(common.geq(5));
    Column isPositive =
        when(isEffort, isEasy)
            .when(
                isSatisfaction.and(col("answer_code").isNotNull()),
                col("answer_code").equalTo("good"))
            .when(isSatisfaction, score.geq(cutPoint(cutPoints)));
    return surveys
        .withColumn("is_positive", isPositive)
        .withColumn("is_top_score", coalesce(score.equalTo(max), lit(false)))
        .withColumn("common_score_nanos", round(common.multiply(1_000_000_000)).cast("bigint"));
  }

  /** Null for a scale that is not configured. */
  private static Column cutPoint(Map<String, Double> cutPoints) {
    Column cutPoint = lit(null).cast("double");
    for (Map.Entry<String, Double> entry : cutPoints.entrySet()) {
      String[] scale = entry.getKey().split("-");
      if (scale.length != 2) {
        throw new IllegalArgumentException(
            "csat-cut-points names the scale %s. Write it as lowest-highest, for example 1-5."
                .formatted(entry.getKey()));
      }
      cutPoint =
          when(
                  col("scale_min")
                      .equalTo(Double.parseDouble(scale[0]))
                      .and(col("scale_max").equalTo(Double.parseDouble(scale[1]))),
                  lit(entry.getValue()))
              .otherwise(cutPoint);
    }
    return cutPoint;
  }
}
