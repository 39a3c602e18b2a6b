package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Columns that topics share while they are folded.
 *
 * <p>A hundred measures would be a hundred columns, of which a row fills the few of its topic. A
 * row of slots has as many columns as the largest topic has measures, so that all topics are folded
 * by one narrow aggregation. Published cells have a column per measure; both directions are here.
 */
final class Slots {

  /** The column that says whose measures a row holds. */
  static final String TOPIC = "topic_code";

  private static final DataType HISTOGRAM = DataTypes.createArrayType(DataTypes.LongType, false);

  /** A measure's column and the slot that holds it. */
  private record Place(String topic, String part, String slot, DataType type) {}

  private final List<Place> places = new ArrayList<>();
  private final Map<String, DataType> slots = new LinkedHashMap<>();

  Slots(List<Topic> topics) {
    for (Topic topic : topics) {
      Map<DataType, Integer> taken = new LinkedHashMap<>();
      for (Measure measure : topic.measures()) {
        for (Map.Entry<String, DataType> part : parts(measure).entrySet()) {
          DataType type = part.getValue();
          String slot =
              (type.equals(HISTOGRAM)
                      ? "histogram"
                      : type.sql().toLowerCase().replaceAll("\\W+", "_"))
                  + "_"
                  + taken.merge(type, 1, Integer::sum);
          places.add(new Place(topic.code(), part.getKey(), slot, type));
          slots.put(slot, type);
        }
      }
    }
  }

  /** The columns of a measure in cells, with their types; none for what does not add up. */
  static Map<String, DataType> parts(Measure measure) {
    Map<String, DataType> parts = new LinkedHashMap<>();
    switch (measure.fold()) {
      case SUM, RUNNING -> parts.put(measure.name(), measure.type());
      case COUNT -> parts.put(measure.name(), DataTypes.LongType);
      case DISTRIBUTION -> {
        parts.put(measure.sum(), DataTypes.LongType);
        parts.put(measure.count(), DataTypes.LongType);
        parts.put(measure.histogram(), HISTOGRAM);
      }
      case DISTINCT -> {
        // Recomputed per period and member.
      }
    }
    return parts;
  }

  static boolean isHistogram(DataType type) {
    return type.equals(HISTOGRAM);
  }

  /**
   * The slots of a contribution of a topic: {@code partValues} by part; a histogram's slot holds
   * the bare number.
   */
  List<Column> fill(String topic, Map<String, Column> partValues) {
    Map<String, Column> values = new LinkedHashMap<>();
    for (Place place : places) {
      if (place.topic().equals(topic)) {
        values.put(place.slot(), partValues.get(place.part()));
      }
    }
    List<Column> columns = new ArrayList<>();
    slots.forEach(
        (slot, type) -> {
          DataType bare = isHistogram(type) ? DataTypes.LongType : type;
          Column value = values.getOrDefault(slot, lit(null));
          columns.add(value.cast(bare).as(slot));
        });
    return columns;
  }

  /** Adds up slots of bare contributions. */
  List<Column> foldValues() {
    return fold(slot -> HistogramFold.ofValues(col(slot)));
  }

  /** Adds up slots that are added up already. */
  List<Column> foldParts() {
    return fold(slot -> HistogramFold.ofHistograms(col(slot)));
  }

  /** The slots as they are. */
  List<Column> columns() {
    return slots.keySet().stream().map(slot -> col(slot)).toList();
  }

  /** Which slot holds a measure's column, by topic and column. */
  Map<String, Map<String, String>> slotsByTopic() {
    Map<String, Map<String, String>> slotsByTopic = new LinkedHashMap<>();
    places.forEach(
        place ->
            slotsByTopic
                .computeIfAbsent(place.topic(), topic -> new LinkedHashMap<>())
                .put(place.part(), place.slot()));
    return slotsByTopic;
  }

  /**
   * Slots → a column per measure: of the row's own topic 0 where there is nothing to add, so that
   * equal cells are equal however they were added up; null of the other topics.
   */
  List<Column> spread() {
    return places.stream()
        .map(
            place -> {
              Column value =
                  isHistogram(place.type())
                      ? col(place.slot())
                      : coalesce(col(place.slot()), lit(0)).cast(place.type());
              return when(col(TOPIC).equalTo(place.topic()), value).as(place.part());
            })
        .toList();
  }

  /** The slots of a row, taken away where {@code sign} is negative. */
  List<Column> signed(Column sign) {
    List<Column> columns = new ArrayList<>();
    slots.forEach(
        (slot, type) -> {
          Column value = col(slot);
          Column negated = isHistogram(type) ? HistogramFold.negated(value) : negate(value);
          columns.add(when(sign.lt(0), negated.cast(type)).otherwise(value).as(slot));
        });
    return columns;
  }

  /** Whether anything of folded slots is left; null is nothing. */
  Column isSomething() {
    Column something = lit(false);
    for (Map.Entry<String, DataType> slot : slots.entrySet()) {
      something = something.or(isSomething(col(slot.getKey()), slot.getValue()));
    }
    return something;
  }

  /** Whether a sum, a count or a histogram is other than nothing. */
  static Column isSomething(Column part, DataType type) {
    return isHistogram(type) ? size(part).gt(0) : part.notEqual(0);
  }

  /**
   * A column per measure → slots. A row holds the measures of one topic, so there is at most one
   * value a slot.
   */
  List<Column> gather() {
    Map<String, List<Column>> parts = new LinkedHashMap<>();
    places.forEach(
        place ->
            parts.computeIfAbsent(place.slot(), slot -> new ArrayList<>()).add(col(place.part())));
    List<Column> columns = new ArrayList<>();
    parts.forEach((slot, values) -> columns.add(coalesce(values.toArray(Column[]::new)).as(slot)));
    return columns;
  }

  private List<Column> fold(java.util.function.Function<String, Column> histogram) {
    List<Column> columns = new ArrayList<>();
    slots.forEach(
        (slot, type) -> {
          Column folded = isHistogram(type) ? histogram.apply(slot) : sum(col(slot)).cast(type);
          columns.add(folded.as(slot));
        });
    return columns;
  }
}
