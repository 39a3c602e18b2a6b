package dev.nightdesk.io;

import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Parquet files whose sizes are known, for Spark to read as they are named.
 *
 * <p>{@code spark.read().parquet(…)} asks the file system for every file whether it is there and
 * how large it is, with threads of its own for every reading, and from 33 files on in a Spark job.
 * Even a small night does so more than a hundred times, and the log has said all of it.
 *
 * @param files none twice
 */
record ListedFiles(List<FileStatus> files) implements FileIndex {

  ListedFiles {
    files = List.copyOf(files);
  }

  /** A file of a table's log. */
  static FileStatus file(Path path, long bytes, long modifiedAtMillis) {
    return new FileStatus(bytes, false, 0, 0, modifiedAtMillis, path);
  }

  /**
   * The rows of the files.
   *
   * @param schema their columns; one that a file lacks is null there
   */
  Dataset<Row> rows(SparkSession spark, StructType schema) {
    org.apache.spark.sql.classic.SparkSession session =
        (org.apache.spark.sql.classic.SparkSession) spark;
    return session.baseRelationToDataFrame(
        new HadoopFsRelation(
            this,
            partitionSchema(),
            // A promise of the contract is none of the file: what is null there must be seen.
            schema.asNullable(),
            Option.empty(),
            new ParquetFileFormat(),
            Map$.MODULE$.empty(),
            session));
  }

  @Override
  public Seq<Path> rootPaths() {
    return CollectionConverters.asScala(files.stream().map(FileStatus::getPath).toList()).toSeq();
  }

  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    return CollectionConverters.asScala(
            List.of(
                PartitionDirectory.apply(InternalRow.empty(), files.toArray(FileStatus[]::new))))
        .toSeq();
  }

  @Override
  public String[] inputFiles() {
    return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
  }

  /** Data files do not change. */
  @Override
  public void refresh() {}

  @Override
  public long sizeInBytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  @Override
  public StructType partitionSchema() {
    return new StructType();
  }

  /** A plan names its files; of many a number says as much. */
  @Override
  public String toString() {
    return files.size() + " files";
  }
}
