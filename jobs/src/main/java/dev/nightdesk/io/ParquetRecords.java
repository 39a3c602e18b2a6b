package dev.nightdesk.io;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.unix_micros;

import dev.nightdesk.contract.DumpRecord;
import dev.nightdesk.contract.RawRecord;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** The records of Parquet files, with the texts that their values would have in other formats. */
final class ParquetRecords {

  private static final int FILES_PER_READ = 1000;

  private final SparkSession spark;
  private final RawFormat format;
  private final boolean isTraced;

  /**
   * @param isTraced whether the text of every record is wanted
   */
  ParquetRecords(SparkSession spark, RawFormat format, boolean isTraced) {
    this.spark = spark;
    this.format = format;
    this.isTraced = isTraced;
  }

  /**
   * All records.
   *
   * @param files the files with the id of their content, in order; at least one
   */
  JavaRDD<DumpRecord> read(Map<RawFile, String> files) {
    List<RawFile> ordered = new ArrayList<>(files.keySet());
    JavaRDD<DumpRecord> all = null;
    for (int from = 0; from < ordered.size(); from += FILES_PER_READ) {
      List<RawFile> some = ordered.subList(from, Math.min(ordered.size(), from + FILES_PER_READ));
      JavaRDD<DumpRecord> records = read(some, files);
      all = all == null ? records : all.union(records);
    }
    return all;
  }

  private JavaRDD<DumpRecord> read(List<RawFile> files, Map<RawFile, String> ids) {
    Dataset<Row> typed =
        spark
            .read()
            .option("mergeSchema", "true")
            .parquet(files.stream().map(RawFile::uri).toArray(String[]::new));
    Map<String, Origin> origins = new HashMap<>();
    for (RawFile file : files) {
      origins.put(
          SparkPath.fromPath(new Path(file.uri())).urlEncoded(),
          new Origin(ids.get(file), file.date(), file.path()));
    }
    List<Column> columns = new ArrayList<>();
    columns.add(col("_metadata.file_path"));
    columns.add(col("_metadata.row_index"));
    List<Place> places = new ArrayList<>();
    Set<String> present = Set.of(typed.columns());
    for (String field : format.fieldNames()) {
      for (String name : format.namesOf(field)) {
        if (present.contains(name)) {
          DataType type = typed.schema().apply(name).dataType();
          boolean isMisplaced = isNested(type) && !format.nested().contains(field);
          places.add(new Place(field, name, columns.size(), isMisplaced));
          columns.add(value(col(quoted(name)), type));
        }
      }
    }
    if (isTraced) {
      columns.add(to_json(struct(all(typed))));
    }
    Set<String> known = new java.util.HashSet<>();
    places.forEach(place -> known.add(place.name()));
    List<String> unknown =
        Arrays.stream(typed.columns()).filter(name -> !known.contains(name)).toList();
    return typed
        .select(columns.toArray(Column[]::new))
        .toJavaRDD()
        .map(new ToRecord(origins, places, unknown, isTraced ? columns.size() - 1 : -1));
  }

  private static Column[] all(Dataset<Row> rows) {
    return Arrays.stream(rows.columns()).map(name -> col(quoted(name))).toArray(Column[]::new);
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  /** A text, or the microseconds of an instant: its text must not depend on the session's zone. */
  private static Column value(Column column, DataType type) {
    if (isNested(type)) {
      return to_json(column);
    }
    return type.equals(DataTypes.TimestampType) ? unix_micros(column) : column.cast("string");
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** Of a file: what its records say of it. */
  private record Origin(String fileId, LocalDate date, String path) implements Serializable {}

  /**
   * Where a field is found.
   *
   * @param name its name in the files
   * @param column its place in the rows that are read
   * @param isMisplaced whether it is an object or a list where one value belongs
   */
  private record Place(String field, String name, int column, boolean isMisplaced)
      implements Serializable {}

  /** Row of a file → record. */
  private record ToRecord(
      Map<String, Origin> origins, List<Place> places, List<String> unknown, int textColumn)
      implements Function<Row, DumpRecord> {

    @Override
    public DumpRecord call(Row row) {
      Origin origin = origins.get(row.getString(0));
      return new DumpRecord(origin.fileId(), origin.date(), origin.path(), rawRecord(row));
    }

    private RawRecord rawRecord(Row row) {
      long position = row.getLong(1) + 1;
      String text = textColumn < 0 ? null : row.getString(textColumn);
      Map<String, String> values = new HashMap<>(2 * places.size());
      for (Place place : places) {
        Object value = row.get(place.column());
        if (value != null && place.isMisplaced()) {
          return RawRecord.unreadable(
              position,
              text,
              "`%s` is an object or a list where one value belongs".formatted(place.field()));
        }
        if (value != null) {
          // Of several names the first that has a value counts.
          values.putIfAbsent(
              place.field(),
              value instanceof Long micros ? InstantText.of(micros) : (String) value);
        }
      }
      return new RawRecord(position, text, values, unknown, null);
    }
  }
}
