package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of dims that are others now, as far as the SQL of a topic can tell: a new name of an agent
 * changes no number.
 */
final class ChangedDims {

  private final KpiChangeInputs in;

  ChangedDims(KpiChangeInputs in) {
    this.in = in;
  }

  /** Whether any table that is not told apart by units changed for a topic. */
  boolean isChanged(Topic topic) {
    return dims(topic).stream().anyMatch(dim -> !rows(topic, dim).isEmpty());
  }

  /**
   * The members whom changed rows name, one column; none if no row changed. Whatever text a changed
   * row has may be a member: too many are only slower.
   */
  Optional<Dataset<Row>> membersOf(List<Topic> derived) {
    Dataset<Row> all = null;
    for (Topic topic : derived) {
      for (String dim : dims(topic)) {
        Dataset<Row> rows = rows(topic, dim);
        if (!rows.isEmpty()) {
          Column[] texts =
              Arrays.stream(rows.columns())
                  .map(name -> col(name).cast("string"))
                  .toArray(Column[]::new);
          Dataset<Row> members = rows.select(explode(array(texts)).as(Parts.MEMBER));
          all = all == null ? members : all.union(members);
        }
      }
    }
    return Optional.ofNullable(all).map(Dataset::distinct);
  }

  private List<String> dims(Topic topic) {
    return topic.sources().stream()
        .filter(source -> !source.equals(KpiEngine.PERIOD) && in.unit(source).isEmpty())
        .filter(in::isChanged)
        .toList();
  }

  private Dataset<Row> rows(Topic topic, String dim) {
    Dataset<Row> now = in.after(dim);
    List<String> used = SqlText.mentioned(topic.sql(), List.of(now.columns()));
    Column[] columns = used.stream().map(name -> col(name)).toArray(Column[]::new);
    return now.select(columns)
        .withColumn(Contributions.SIGN, lit(1))
        .union(in.before(dim).select(columns).withColumn(Contributions.SIGN, lit(-1)))
        .groupBy(columns)
        .agg(sum(col(Contributions.SIGN)).as(Contributions.SIGN))
        .filter(col(Contributions.SIGN).notEqual(0))
        .drop(Contributions.SIGN);
  }
}
