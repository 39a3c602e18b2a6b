package dev.nightdesk.logic;

import dev.nightdesk.SparkTestBase;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class SurveyScoresTest extends SparkTestBase {

  @Test
  void answersAreTurnedSoThatHighIsGoodAndPutOnTheCommonScale() {
    String surveys =
        "kind_code string, scale_min double, scale_max double, is_higher_better boolean, score"
            + " double, answer_code string";
    assertSameRows(
        rows(
            surveys + ", is_positive boolean, is_top_score boolean, common_score_nanos bigint",
            RowFactory.create("csat", 1.0, 5.0, true, 3.0, null, false, false, 3_000_000_000L),
            RowFactory.create("csat", 1.0, 10.0, true, 8.0, null, true, false, 4_111_111_111L),
            RowFactory.create("csat", 0.0, 3.0, true, 3.0, null, null, true, 5_000_000_000L),
            RowFactory.create("csat", null, null, true, null, "good", true, false, null),
            RowFactory.create("csat", null, null, true, null, "bad", false, false, null),
            RowFactory.create("csat", 1.0, 5.0, true, null, null, null, false, null),
            RowFactory.create("review", 1.0, 5.0, true, 5.0, null, true, true, 5_000_000_000L),
            RowFactory.create("ces", 1.0, 7.0, true, 5.0, null, true, false, 5_000_000_000L),
            RowFactory.create("ces", 1.0, 7.0, false, 5.0, null, false, false, 3_000_000_000L),
            RowFactory.create("ces", 1.0, 5.0, true, 4.0, null, true, false, 5_500_000_000L),
            RowFactory.create("ces", 1.0, 5.0, false, 1.0, null, true, true, 7_000_000_000L),
            RowFactory.create("nps", 0.0, 10.0, true, 10.0, null, null, true, null)),
        SurveyScores.of(
            rows(
                surveys,
                RowFactory.create("csat", 1.0, 5.0, true, 3.0, null),
                RowFactory.create("csat", 1.0, 10.0, true, 8.0, null),
                RowFactory.create("csat", 0.0, 3.0, true, 3.0, null),
                RowFactory.create("csat", null, null, true, null, "good"),
                RowFactory.create("csat", null, null, true, null, "bad"),
                RowFactory.create("csat", 1.0, 5.0, true, null, null),
                RowFactory.create("review", 1.0, 5.0, true, 5.0, null),
                RowFactory.create("ces", 1.0, 7.0, true, 5.0, null),
                RowFactory.create("ces", 1.0, 7.0, false, 5.0, null),
                RowFactory.create("ces", 1.0, 5.0, true, 4.0, null),
                RowFactory.create("ces", 1.0, 5.0, false, 1.0, null),
                RowFactory.create("nps", 0.0, 10.0, true, 10.0, null)),
            Map.of("1-5", 4.0, "1-10", 8.0)));
  }
}
