package dev.nightdesk.io;

import dev.nightdesk.contract.DumpRecord;
import dev.nightdesk.contract.RawRecord;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads raw files into records of texts.
 *
 * <p>Spark's own readers are not used for JSON and CSV: they fill swapped columns in silence,
 * cannot tell the place of a record, and pass duplicate keys, bad UTF-8 and cut files without a
 * word.
 */
public final class RawReader {

  /** Less is read before a second task has begun. */
  private static final long LEAST_BYTES_OF_A_TASK = 1024 * 1024;

  private final SparkSession spark;
  private final int parallelism;

  /** A reader that uses as many tasks as the session has threads. */
  public RawReader(SparkSession spark) {
    this.spark = spark;
    this.parallelism = spark.sparkContext().defaultParallelism();
  }

  /**
   * The records of files of one entity.
   *
   * @param files the files with the id of their content
   * @param isTraced whether the text of every record is wanted, which Parquet does not have and
   *     which must be made
   * @throws UnreadableDump while running, if a file cannot be read to its end
   */
  public JavaRDD<DumpRecord> read(Map<RawFile, String> files, RawFormat format, boolean isTraced) {
    List<FileTask> textFiles = new ArrayList<>();
    Map<RawFile, String> parquetFiles = new TreeMap<>(Comparator.comparing(RawFile::path));
    for (Map.Entry<RawFile, String> file : files.entrySet()) {
      if (file.getKey().format() == RawFile.Format.PARQUET) {
        parquetFiles.put(file.getKey(), file.getValue());
      } else {
        textFiles.add(new FileTask(file.getKey(), file.getValue()));
      }
    }
    if (parquetFiles.isEmpty()) {
      return readText(textFiles, format);
    }
    JavaRDD<DumpRecord> parquet = new ParquetRecords(spark, format, isTraced).read(parquetFiles);
    return textFiles.isEmpty() ? parquet : readText(textFiles, format).union(parquet);
  }

  private JavaRDD<DumpRecord> readText(List<FileTask> files, RawFormat format) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    if (files.isEmpty()) {
      return context.emptyRDD();
    }
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    List<List<FileTask>> groups = balanced(files);
    return context
        .parallelize(groups, groups.size())
        .flatMap(group -> new RecordsOfFiles(group.iterator(), format, hadoop.value()));
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

  /** A file to read and the id of its content. */
  private record FileTask(RawFile file, String fileId) implements Serializable {}

  /** The records of some files, one file after the other. */
  private static final class RecordsOfFiles implements Iterator<DumpRecord> {

    private final Iterator<FileTask> files;
    private final RawFormat format;
    private final Configuration hadoop;
    private FileTask task;
    private BufferedReader reader;
    private long count;
    private Iterator<RawRecord> records = java.util.Collections.emptyIterator();

    RecordsOfFiles(Iterator<FileTask> files, RawFormat format, Configuration hadoop) {
      this.files = files;
      this.format = format;
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
    public DumpRecord next() {
      RawRecord read = records.next();
      count++;
      String problem = problem(read);
      RawRecord checked =
          problem == null || read.problem() != null
              ? read
              : RawRecord.unreadable(read.position(), read.text(), problem);
      return new DumpRecord(task.fileId(), task.file().date(), task.file().path(), checked);
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
