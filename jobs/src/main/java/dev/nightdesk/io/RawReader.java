package dev.nightdesk.io;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads raw files into rows of texts: file, date, position, the record as it was, and each field of
 * the contract.
 *
 * <p>Spark's own readers are not used for JSON and CSV: they fill swapped columns in silence,
 * cannot tell the place of a record, and pass duplicate keys, bad UTF-8 and cut files without a
 * word.
 */
public final class RawReader {

  /** Column with the id of the file's content. */
  public static final String FILE_ID = "_file_id";

  /** Column with the logical date of the extract. */
  public static final String DATE = "_dt";

  /** Column with the file's path below the raw root. */
  public static final String PATH = "_path";

  /** Column with the record's number in its file, from 1. */
  public static final String POSITION = "_position";

  /** Column with the record as it was read. */
  public static final String TEXT = "_text";

  /** Column with the reason why a record cannot be understood at all; null if it can. */
  public static final String PROBLEM = "_problem";

  /** Column with the names of fields that the contract does not know. */
  public static final String UNKNOWN = "_unknown";

  private static final UserDefinedFunction UTC_TEXT =
      udf((UDF1<Long, String>) RawReader::utcText, DataTypes.StringType);

  private static final int PARQUET_FILES_PER_READ = 1000;

  /** Less is read before a second task has begun. */
  private static final long LEAST_BYTES_OF_A_TASK = 1024 * 1024;

  private final SparkSession spark;
  private final int parallelism;

  /** A reader that uses as many tasks as the session has threads. */
  public RawReader(SparkSession spark) {
    this.spark = spark;
    this.parallelism = spark.sparkContext().defaultParallelism();
  }

  /** The columns that {@link #read} gives. */
  public static StructType schema(RawFormat format) {
    StructType schema =
        new StructType()
            .add(FILE_ID, DataTypes.StringType)
            .add(DATE, DataTypes.DateType)
            .add(PATH, DataTypes.StringType)
            .add(POSITION, DataTypes.LongType)
            .add(TEXT, DataTypes.StringType)
            .add(PROBLEM, DataTypes.StringType)
            .add(UNKNOWN, DataTypes.createArrayType(DataTypes.StringType));
    for (String field : format.fieldNames()) {
      schema = schema.add(field, DataTypes.StringType);
    }
    return schema;
  }

  /**
   * The records of files of one entity.
   *
   * @param files the files with the id of their content
   * @throws UnreadableDump while running, if a file cannot be read to its end
   */
  public Dataset<Row> read(Map<RawFile, String> files, RawFormat format) {
    List<FileTask> textFiles = new ArrayList<>();
    Map<RawFile, String> parquetFiles = new TreeMap<>(Comparator.comparing(RawFile::path));
    for (Map.Entry<RawFile, String> file : files.entrySet()) {
      if (file.getKey().format() == RawFile.Format.PARQUET) {
        parquetFiles.put(file.getKey(), file.getValue());
      } else {
        textFiles.add(new FileTask(file.getKey(), file.getValue()));
      }
    }
    Dataset<Row> records = readText(textFiles, format);
    return parquetFiles.isEmpty()
        ? records
        : records.unionByName(readParquet(parquetFiles, format));
  }

  private Dataset<Row> readText(List<FileTask> files, RawFormat format) {
    StructType schema = schema(format);
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), schema);
    }
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<List<FileTask>> groups = balanced(files);
    return spark.createDataFrame(
        context
            .parallelize(groups, groups.size())
            .flatMap(group -> new RowsOfFiles(group.iterator(), format, hadoop.value())),
        schema);
  }

  /** Files dealt out to tasks, the largest first, each to the task that has least. */
  private List<List<FileTask>> balanced(List<FileTask> files) {
    long total = files.stream().mapToLong(task -> task.file().bytes()).sum();
    int count =
        (int) Math.min(Math.min(files.size(), parallelism * 2), 1 + total / LEAST_BYTES_OF_A_TASK);
    List<List<FileTask>> groups = new ArrayList<>();
    long[] bytes = new long[count];
    for (int i = 0; i < count; i++) {
      groups.add(new ArrayList<>());
    }
    List<FileTask> largestFirst = new ArrayList<>(files);
    largestFirst.sort(
        Comparator.comparingLong((FileTask task) -> -task.file().bytes())
            .thenComparing(task -> task.file().path()));
    for (FileTask task : largestFirst) {
      int least = 0;
      for (int i = 1; i < count; i++) {
        if (bytes[i] < bytes[least]) {
          least = i;
        }
      }
      groups.get(least).add(task);
      bytes[least] += task.file().bytes() + 1;
    }
    return groups;
  }

  private Dataset<Row> readParquet(Map<RawFile, String> files, RawFormat format) {
    List<RawFile> ordered = new ArrayList<>(files.keySet());
    Dataset<Row> all = null;
    for (int from = 0; from < ordered.size(); from += PARQUET_FILES_PER_READ) {
      List<RawFile> some =
          ordered.subList(from, Math.min(ordered.size(), from + PARQUET_FILES_PER_READ));
      Dataset<Row> records = readParquet(some, files, format);
      all = all == null ? records : all.unionByName(records);
    }
    return all;
  }

  private Dataset<Row> readParquet(
      List<RawFile> files, Map<RawFile, String> ids, RawFormat format) {
    Dataset<Row> typed =
        spark
            .read()
            .option("mergeSchema", "true")
            .parquet(files.stream().map(RawFile::uri).toArray(String[]::new));
    Dataset<Row> fileRows =
        spark.createDataFrame(
            files.stream()
                .map(
                    file ->
                        RowFactory.create(
                            SparkPath.fromPath(new Path(file.uri())).urlEncoded(),
                            ids.get(file),
                            Date.valueOf(file.date()),
                            file.path()))
                .toList(),
            StructType.fromDDL("_uri string, _file_id string, _dt date, _path string"));
    Dataset<Row> records =
        typed
            .select(
                col("*"),
                col("_metadata.file_path").as("_uri"),
                col("_metadata.row_index").as("_row"))
            .join(org.apache.spark.sql.functions.broadcast(fileRows), "_uri");
    List<String> known = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    columns.add(col(FILE_ID));
    columns.add(col(DATE));
    columns.add(col(PATH));
    columns.add(col("_row").plus(1).as(POSITION));
    columns.add(
        to_json(
                struct(
                    Arrays.stream(typed.columns())
                        .map(name -> col(quoted(name)))
                        .toArray(Column[]::new)))
            .as(TEXT));
    Column problem = lit(null).cast("string");
    List<Column> fields = new ArrayList<>();
    for (String field : format.fieldNames()) {
      List<Column> texts = new ArrayList<>();
      for (String column : format.namesOf(field)) {
        if (Arrays.asList(typed.columns()).contains(column)) {
          known.add(column);
          DataType type = typed.schema().apply(column).dataType();
          texts.add(text(col(quoted(column)), type));
          if (isNested(type) && !format.nested().contains(field)) {
            problem =
                when(
                        col(quoted(column)).isNotNull(),
                        lit("`%s` is an object or a list where one value belongs".formatted(field)))
                    .otherwise(problem);
          }
        }
      }
      texts.add(lit(null).cast("string"));
      fields.add(coalesce(texts.toArray(Column[]::new)).as(field));
    }
    columns.add(problem.as(PROBLEM));
    columns.add(
        array(
                Arrays.stream(typed.columns())
                    .filter(name -> !known.contains(name))
                    .map(name -> lit(name))
                    .toArray(Column[]::new))
            .cast("array<string>")
            .as(UNKNOWN));
    columns.addAll(fields);
    return records.select(columns.toArray(Column[]::new));
  }

  private static String utcText(Long micros) {
    return micros == null ? null : InstantText.of(micros);
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  private static Column text(Column column, DataType type) {
    if (isNested(type)) {
      return to_json(column);
    }
    if (type.equals(DataTypes.TimestampType)) {
      // With its offset: the text must not depend on the session's zone.
      return UTC_TEXT.apply(unix_micros(column));
    }
    return column.cast("string");
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** A file to read and the id of its content. */
  private record FileTask(RawFile file, String fileId) implements Serializable {}

  /** The rows of some files, one file after the other. */
  private static final class RowsOfFiles implements Iterator<Row> {

    private final Iterator<FileTask> files;
    private final RawFormat format;
    private final List<String> fields;
    private final Configuration hadoop;
    private FileTask task;
    private BufferedReader reader;
    private long count;
    private Iterator<RawRecord> records = java.util.Collections.emptyIterator();

    RowsOfFiles(Iterator<FileTask> files, RawFormat format, Configuration hadoop) {
      this.files = files;
      this.format = format;
      this.fields = format.fieldNames();
      this.hadoop = hadoop;
    }

    @Override
    public boolean hasNext() {
      while (!records.hasNext()) {
        close();
        if (!files.hasNext()) {
          return false;
        }
        task = files.next();
        open();
      }
      return true;
    }

    @Override
    public Row next() {
      RawRecord rawRecord = records.next();
      count++;
      Object[] values = new Object[7 + fields.size()];
      values[0] = task.fileId();
      values[1] = Date.valueOf(task.file().date());
      values[2] = task.file().path();
      values[3] = rawRecord.position();
      values[4] = rawRecord.text();
      values[5] = problem(rawRecord);
      values[6] = rawRecord.unknown().toArray(String[]::new);
      for (int i = 0; i < fields.size(); i++) {
        values[7 + i] = rawRecord.values().get(fields.get(i));
      }
      return RowFactory.create(values);
    }

    private static String problem(RawRecord rawRecord) {
      if (rawRecord.problem() != null) {
        return rawRecord.problem();
      }
      if (rawRecord.text().indexOf('\uFFFD') >= 0) {
        return "the record is not valid UTF-8";
      }
      return rawRecord.text().indexOf('\0') >= 0 || rawRecord.text().contains("\\u0000")
          ? "the record holds a NUL character"
          : null;
    }

    private void open() {
      RawFile file = task.file();
      if (file.bytes() == 0) {
        throw new UnreadableDump(file.path(), "it has no byte");
      }
      try {
        Path path = new Path(file.uri());
        InputStream stream =
            new BufferedInputStream(path.getFileSystem(hadoop).open(path), 1 << 16);
        stream.mark(2);
        boolean isGzip = stream.read() == 0x1f && stream.read() == 0x8b;
        stream.reset();
        InputStream content =
            isGzip
                ? new BufferedInputStream(new GZIPInputStream(stream, 1 << 16), 1 << 16)
                : stream;
        refuseUtf16(content);
        reader =
            new BufferedReader(
                new InputStreamReader(
                    content,
                    StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                1 << 16);
        skipByteOrderMark();
        records =
            file.format() == RawFile.Format.JSON
                ? new JsonRecords(file.path(), reader, format)
                : new CsvRecords(file.path(), reader, format);
      } catch (IOException e) {
        throw new UnreadableDump(
            file.path(), e.getMessage() == null ? "it breaks off" : e.getMessage());
      }
    }

    /** Dumps begin with a letter, a quote or a bracket: in UTF-16 one of two bytes is zero. */
    private void refuseUtf16(InputStream content) throws IOException {
      content.mark(2);
      int first = content.read();
      int second = content.read();
      content.reset();
      boolean isMarked = Math.min(first, second) == 0xfe && Math.max(first, second) == 0xff;
      if (isMarked || first == 0 || second == 0) {
        throw new UnreadableDump(
            task.file().path(), "it is written in UTF-16; have it written in UTF-8");
      }
    }

    private void skipByteOrderMark() throws IOException {
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
    }

    private void close() {
      if (reader != null) {
        try {
          reader.close();
        } catch (IOException e) {
          throw new UnreadableDump(task.file().path(), String.valueOf(e.getMessage()));
        }
        reader = null;
        // As Spark's own readers tell it.
        InputMetrics metrics = TaskContext.get().taskMetrics().inputMetrics();
        metrics.incBytesRead(task.file().bytes());
        metrics.incRecordsRead(count);
        count = 0;
      }
    }
  }
}
