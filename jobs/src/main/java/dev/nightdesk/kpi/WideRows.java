package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import dev.nightdesk.logic.LogHistogram;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Rows of slots and of measures → a row per key with a column per measure: all that has the key is
 * added up, its topics side by side. What no row has is zero.
 *
 * <p>An aggregate of Spark has a column per measure in every row that it adds up, more than a
 * hundred, of which a row fills the few of its topic: most of the time of a rebuild went into
 * nothing. Here rows stay as narrow as they come until all of a key are seen, one after another.
 *
 * <p>All rows of a key must lie in one partition.
 */
final class WideRows {

  private final Map<String, DataType> parts;
  private final Map<String, Map<String, String>> slotsByTopic;

  /**
   * @param topics whose slots rows may have
   * @param parts the columns of measures with their types
   */
  WideRows(List<Topic> topics, Map<String, DataType> parts) {
    this.parts = parts;
    this.slotsByTopic = new Slots(topics).slotsByTopic();
  }

  /** A row per key, in the order of the key; one of which nothing is left vanishes. */
  Dataset<Row> sums(Dataset<Row> rows, List<String> key) {
    return walk(rows, key, 0, List.of(), Nothing.VANISHES);
  }

  /**
   * A row per key, also of nothing.
   *
   * @param series columns whose rows, which must lie in one partition, follow each other in time
   * @param time the other columns of the key, by which they do
   * @param levels measures that are added up from row to row of a series
   */
  Dataset<Row> levels(
      Dataset<Row> rows, List<String> series, List<String> time, List<String> levels) {
    List<String> key = new ArrayList<>(series);
    key.addAll(time);
    return walk(rows, key, series.size(), levels, Nothing.STAYS);
  }

  private Dataset<Row> walk(
      Dataset<Row> rows, List<String> key, int series, List<String> levels, Nothing nothing) {
    StructType schema = rows.schema();
    List<String> found = List.of(schema.fieldNames());
    List<Column> read = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Column> published = new ArrayList<>();
    StructType wide = new StructType();
    for (String name : key) {
      StructField field = schema.apply(name);
      read.add(bare(field).as(name));
      names.add(name);
      published.add(published(field).as(name));
      wide = wide.add(name, bareType(field.dataType()), true);
    }
    for (Map.Entry<String, DataType> part : parts.entrySet()) {
      if (found.contains(part.getKey())) {
        read.add(col(part.getKey()));
        names.add(part.getKey());
      }
      published.add(col(part.getKey()));
      wide = wide.add(part.getKey(), part.getValue(), false);
    }
    if (found.contains(Slots.TOPIC)) {
      slotsByTopic.values().stream()
          .flatMap(slots -> slots.values().stream())
          .distinct()
          .filter(found::contains)
          .forEach(names::add);
      names.add(Slots.TOPIC);
      names.subList(read.size(), names.size()).forEach(name -> read.add(col(name)));
    }
    Form form = new Form(names, key.size(), series, parts, levels, slotsByTopic, nothing);
    MapPartitionsFunction<Row, Row> walk = sorted -> new Walk(sorted, form);
    return rows.select(read.toArray(Column[]::new))
        .sortWithinPartitions(key.stream().map(name -> col(name)).toArray(Column[]::new))
        .mapPartitions(walk, Encoders.row(wide))
        .select(published.toArray(Column[]::new));
  }

  /** Days and instants are numbers meanwhile, which need no calendar of the JVM. */
  private static Column bare(StructField field) {
    Column column = col(field.name());
    if (field.dataType().equals(DataTypes.TimestampType)) {
      return unix_micros(column);
    }
    return field.dataType().equals(DataTypes.DateType) ? unix_date(column) : column;
  }

  private static DataType bareType(DataType type) {
    if (type.equals(DataTypes.TimestampType)) {
      return DataTypes.LongType;
    }
    return type.equals(DataTypes.DateType) ? DataTypes.IntegerType : type;
  }

  private static Column published(StructField field) {
    Column column = col(field.name());
    if (field.dataType().equals(DataTypes.TimestampType)) {
      return timestamp_micros(column);
    }
    return field.dataType().equals(DataTypes.DateType) ? date_from_unix_date(column) : column;
  }

  /** What becomes of a row of which nothing is left. */
  private enum Nothing {
    VANISHES,
    STAYS
  }

  /** How a measure adds up. */
  private enum Kind {
    WHOLE,
    DECIMAL,
    FRACTION,
    HISTOGRAM;

    static Kind of(String part, DataType type) {
      if (type.equals(DataTypes.LongType)) {
        return WHOLE;
      } else if (type instanceof DecimalType) {
        return DECIMAL;
      } else if (type.equals(DataTypes.DoubleType)) {
        return FRACTION;
      } else if (Slots.isHistogram(type)) {
        return HISTOGRAM;
      }
      throw new IllegalArgumentException(
          "The measure %s is of the type %s, but only bigint, decimal and double add up. Give it one of these."
              .formatted(part, type.sql()));
    }
  }

  /** Places of the rows that come, and of the measures in those that go. */
  private static final class Form implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Columns of a row that comes, and the measures that they are added to. */
    private record Places(int[] columns, int[] parts) implements Serializable {}

    /** Those of a topic that counts different values alone, which do not add up. */
    private static final Places NO_SLOTS = new Places(new int[0], new int[0]);

    private final int keys;
    private final int series;
    private final int topic;
    private final Kind[] kinds;
    private final boolean[] isLevel;
    private final Places ofAll;
    private final LinkedHashMap<String, Places> ofTopic = new LinkedHashMap<>();
    private final Nothing nothing;

    Form(
        List<String> names,
        int keys,
        int series,
        Map<String, DataType> types,
        List<String> levels,
        Map<String, Map<String, String>> slotsByTopic,
        Nothing nothing) {
      this.keys = keys;
      this.series = series;
      this.topic = names.indexOf(Slots.TOPIC);
      this.nothing = nothing;
      List<String> parts = List.copyOf(types.keySet());
      this.kinds = new Kind[parts.size()];
      this.isLevel = new boolean[parts.size()];
      Map<String, String> own = new LinkedHashMap<>();
      for (int part = 0; part < kinds.length; part++) {
        String name = parts.get(part);
        kinds[part] = Kind.of(name, types.get(name));
        isLevel[part] = levels.contains(name);
        own.put(name, name);
      }
      this.ofAll = places(names, parts, own);
      slotsByTopic.forEach((code, slots) -> ofTopic.put(code, places(names, parts, slots)));
    }

    /** Of those columns that rows have. */
    private static Places places(
        List<String> names, List<String> parts, Map<String, String> columnByPart) {
      List<String> present =
          columnByPart.keySet().stream()
              .filter(part -> names.contains(columnByPart.get(part)))
              .toList();
      return new Places(
          present.stream().mapToInt(part -> names.indexOf(columnByPart.get(part))).toArray(),
          present.stream().mapToInt(parts::indexOf).toArray());
    }
  }

  /** Walks through rows sorted by key. */
  private static final class Walk implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final Form form;
    private final Object[] key;
    private final long[] wholes;
    private final double[] fractions;
    private final BigDecimal[] decimals;
    private final long[][] histograms;
    private Row ahead;
    private Row next;

    Walk(Iterator<Row> rows, Form form) {
      this.rows = rows;
      this.form = form;
      this.key = new Object[form.keys];
      this.wholes = new long[form.kinds.length];
      this.fractions = new double[form.kinds.length];
      this.decimals = new BigDecimal[form.kinds.length];
      this.histograms = new long[form.kinds.length][];
      for (int part = 0; part < form.kinds.length; part++) {
        clear(part);
      }
      this.ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (next == null && ahead != null) {
        next = readKey();
      }
      return next != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all keys of the partition are read");
      }
      Row row = next;
      next = null;
      return row;
    }

    /** Null where nothing is left. */
    private Row readKey() {
      boolean isSameSeries = isSame(form.series);
      for (int part = 0; part < form.kinds.length; part++) {
        if (!form.isLevel[part] || !isSameSeries) {
          clear(part);
        }
      }
      for (int column = 0; column < key.length; column++) {
        key[column] = ahead.get(column);
      }
      do {
        add(form.ofAll);
        if (form.topic >= 0 && !ahead.isNullAt(form.topic)) {
          add(form.ofTopic.getOrDefault(ahead.getString(form.topic), Form.NO_SLOTS));
        }
        ahead = rows.hasNext() ? rows.next() : null;
      } while (ahead != null && isSame(form.keys));
      return result();
    }

    private boolean isSame(int columns) {
      for (int column = 0; column < columns; column++) {
        if (!Objects.equals(key[column], ahead.get(column))) {
          return false;
        }
      }
      return true;
    }

    private void clear(int part) {
      switch (form.kinds[part]) {
        case WHOLE -> wholes[part] = 0;
        case FRACTION -> fractions[part] = 0;
        case DECIMAL -> decimals[part] = BigDecimal.ZERO;
        case HISTOGRAM -> histograms[part] = LogHistogram.EMPTY;
      }
    }

    private void add(Form.Places places) {
      for (int at = 0; at < places.columns.length; at++) {
        int column = places.columns[at];
        if (!ahead.isNullAt(column)) {
          add(column, places.parts[at]);
        }
      }
    }

    private void add(int column, int part) {
      switch (form.kinds[part]) {
        case WHOLE -> wholes[part] = Math.addExact(wholes[part], ahead.getLong(column));
        case FRACTION -> fractions[part] += ahead.getDouble(column);
        case DECIMAL -> decimals[part] = decimals[part].add(ahead.getDecimal(column));
        case HISTOGRAM -> {
          Seq<Long> triples = ahead.getAs(column);
          if (!triples.isEmpty()) {
            histograms[part] =
                LogHistogram.addAll(histograms[part], HistogramFold.triples(triples));
          }
        }
      }
    }

    private Row result() {
      boolean isKept = form.nothing == Nothing.STAYS;
      Object[] values = Arrays.copyOf(key, key.length + form.kinds.length);
      for (int part = 0; part < form.kinds.length; part++) {
        Object value =
            switch (form.kinds[part]) {
              case WHOLE -> wholes[part];
              case FRACTION -> fractions[part];
              case DECIMAL -> decimals[part];
              case HISTOGRAM -> LogHistogram.withoutEmptyBuckets(histograms[part]);
            };
        isKept = isKept || isSomething(value);
        values[key.length + part] =
            value instanceof long[] triples ? HistogramFold.value(triples) : value;
      }
      return isKept ? RowFactory.create(values) : null;
    }

    private static boolean isSomething(Object value) {
      if (value instanceof Long whole) {
        return whole != 0;
      } else if (value instanceof BigDecimal decimal) {
        return decimal.signum() != 0;
      } else if (value instanceof Double fraction) {
        return fraction != 0;
      }
      return ((long[]) value).length > 0;
    }
  }
}
