package dev.nightdesk.staged;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.sentiment.OwnWords;
import dev.nightdesk.sentiment.SentimentScorer;
import dev.nightdesk.sentiment.SentimentScorers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * The sentiment of staged messages, given while their text is there.
 *
 * <p>A score that the source delivers stays, with the scorer {@code source}. Every other message
 * with words of its own is scored, whoever wrote it: who its author was then, only the history
 * knows.
 */
public final class MessageSentiment {

  private static final UserDefinedFunction SCORE =
      udf(
          (UDF2<String, String, BigDecimal>) MessageSentiment::score,
          DataTypes.createDecimalType(5, 4));
  private static final UserDefinedFunction SCORER_CODE =
      udf(
          (UDF1<String, String>)
              language -> {
                SentimentScorer scorer = SentimentScorers.of(language);
                return scorer == null ? null : scorer.code();
              },
          DataTypes.StringType);

  private MessageSentiment() {}

  /**
   * The messages with sentiment_score and sentiment_scorer_code filled in.
   *
   * @param messages rows of {@code stg_message}, with their text
   * @param defaultLanguage BCP 47 language of messages whose source names none; empty: unknown
   */
  public static Dataset<Row> of(Dataset<Row> messages, String defaultLanguage) {
    Column language = coalesce(col("language_code"), lit(defaultLanguage));
    return messages
        .withColumn(
            "sentiment_score",
            coalesce(col("sentiment_score"), SCORE.apply(col("body_text"), language)))
        .withColumn(
            "sentiment_scorer_code",
            when(
                col("sentiment_score").isNotNull(),
                coalesce(col("sentiment_scorer_code"), SCORER_CODE.apply(language))));
  }

  /** Null without words of one's own, or in a language that no scorer reads. */
  private static BigDecimal score(String text, String language) {
    SentimentScorer scorer = text == null ? null : SentimentScorers.of(language);
    String ownWords = scorer == null ? "" : OwnWords.of(text);
    return ownWords.isEmpty()
        ? null
        : BigDecimal.valueOf(scorer.score(ownWords)).setScale(4, RoundingMode.HALF_UP);
  }
}
