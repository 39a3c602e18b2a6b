package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.ArraySeq;

class WideRowsTest extends SparkTestBase {

  private static final String SLOTS =
      "topic_code string, day date, member string, bigint_1 bigint, bigint_2 bigint,"
          + " decimal_19_4__1 decimal(19,4), histogram_1 array<bigint>";

  private static final List<Topic> TOPICS =
      KpiCatalog.of(
              List.of(VisitTopics.COUNT, VisitTopics.STAY, VisitTopics.MONEY, VisitTopics.PERSON))
          .topics();

  @Test
  void theTopicsOfAKeyLieSideBySide() {
    Dataset<Row> rows =
        rows(
            SLOTS,
            slots("visit", "03-02", "ann", 2L, null, null),
            slots("stay", "03-02", "ann", 90L, 1L, null, 90, 1, 90),
            slots("sale", "03-02", "ann", null, null, "1.5"),
            slots("visit", "03-02", "ann", 3L, null, null),
            slots("stay", "03-02", "ann", 100L, 2L, null, 10, 1, 10, 90, 1, 90),
            slots("person", "03-02", "ann", null, null, null),
            slots("visit", "03-03", "ann", 1L, null, null));

    assertThat(texts(sums(rows)))
        .containsExactly(
            "2026-03-02 ann: 5 visits, stay 190 of 3 [10,1,10,90,2,180], sold 1.5000",
            "2026-03-03 ann: 1 visits, stay 0 of 0 [], sold 0.0000");
  }

  @Test
  void rowsWithoutATopicAreAddedByTheNamesOfTheirMeasures() {
    Dataset<Row> slots = rows(SLOTS, slots("visit", "03-02", "ann", 2L, null, null));
    Dataset<Row> measures =
        rows(
            "day date, member string, visit_count bigint, stay_seconds_histogram array<bigint>",
            row("03-02", "ann", 5L, new ArraySeq.ofLong(new long[] {90, 1, 90})));

    assertThat(texts(sums(slots.unionByName(measures, true))))
        .containsExactly("2026-03-02 ann: 7 visits, stay 0 of 0 [90,1,90], sold 0.0000");
  }

  @Test
  void aKeyMayHaveANull() {
    Dataset<Row> rows =
        rows(
            "day date, member string, visit_count bigint",
            row("03-02", null, 1L),
            row("03-02", "ann", 2L),
            row("03-02", null, 4L));

    assertThat(texts(sums(rows)))
        .containsExactly(
            "2026-03-02 null: 5 visits, stay 0 of 0 [], sold 0.0000",
            "2026-03-02 ann: 2 visits, stay 0 of 0 [], sold 0.0000");
  }

  @Test
  void ofWhatCancelsOutNothingIsLeftButAMovedSumIs() {
    Dataset<Row> rows =
        rows(
            SLOTS,
            slots("stay", "03-02", "ann", 90L, 1L, null, 90, 1, 90),
            slots("stay", "03-02", "ann", -90L, -1L, null, 90, -1, -90),
            slots("stay", "03-03", "ann", 90L, 1L, null, 90, 1, 90),
            slots("stay", "03-03", "ann", -90L, -1L, null, 90, -1, -89));

    assertThat(texts(sums(rows)))
        .containsExactly("2026-03-03 ann: 0 visits, stay 0 of 0 [90,0,1], sold 0.0000");
  }

  @Test
  void levelsAreCarriedOnWithinASeriesAndRowsOfNothingStay() {
    Dataset<Row> rows =
        rows(
            "day date, member string, inside_count bigint, visit_count bigint",
            row("03-03", "ben", 1L, 1L),
            row("03-02", "ann", 2L, 2L),
            row("03-03", "ann", null, null),
            row("03-04", "ann", -1L, 0L));
    Map<String, DataType> parts = new LinkedHashMap<>();
    parts.put("inside_count", DataType.fromDDL("bigint"));
    parts.put("visit_count", DataType.fromDDL("bigint"));

    assertThat(
            new WideRows(List.of(), parts)
                .levels(rows, List.of("member"), List.of("day"), List.of("inside_count"))
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[ann,2026-03-02,2,2]",
            "[ann,2026-03-03,2,0]",
            "[ann,2026-03-04,1,0]",
            "[ben,2026-03-03,1,1]");
  }

  private static Dataset<Row> sums(Dataset<Row> rows) {
    Map<String, DataType> parts = new LinkedHashMap<>();
    TOPICS.stream()
        .filter(topic -> !topic.code().equals("person"))
        .flatMap(topic -> topic.measures().stream())
        .forEach(measure -> parts.putAll(Parts.types(measure)));
    return new WideRows(TOPICS, parts).sums(rows, List.of("day", "member"));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows
        .withColumn("histogram", to_json(struct("stay_seconds_histogram")))
        .collectAsList()
        .stream()
        .map(
            row ->
                "%s %s: %s visits, stay %s of %s %s, sold %s"
                    .formatted(
                        row.getAs("day"),
                        row.getAs("member"),
                        row.getAs("visit_count"),
                        row.getAs("stay_seconds_sum"),
                        row.getAs("stay_seconds_count"),
                        row.<String>getAs("histogram").replaceAll(".*:|}", ""),
                        row.getAs("sold_amount")))
        .toList();
  }

  private static Row slots(
      String topic, String day, String member, Long one, Long two, String amount, long... triples) {
    return RowFactory.create(
        topic,
        Date.valueOf("2026-" + day),
        member,
        one,
        two,
        amount == null ? null : new BigDecimal(amount),
        triples.length == 0 ? null : new ArraySeq.ofLong(triples));
  }

  private static Row row(String day, Object... values) {
    Object[] all = new Object[values.length + 1];
    all[0] = Date.valueOf("2026-" + day);
    System.arraycopy(values, 0, all, 1, values.length);
    return RowFactory.create(all);
  }
}
