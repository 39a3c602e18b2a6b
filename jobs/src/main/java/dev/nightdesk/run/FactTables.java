package dev.nightdesk.run;

import static dev.nightdesk.logic.Joins.among;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.history.Parts;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.SoughtValues;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.update.NightState;
import dev.nightdesk.update.TouchedUnits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables of an open night, as the update of dims and facts sees them. */
final class FactTables implements NightState {

  private final NightTables tables;
  private final OpenNight open;
  private final TableWriter writer;
  private final List<String> supersededBefore;
  private final List<String> superseded;
  private final List<TableRun> written = new ArrayList<>();

  FactTables(OpenNight open, TableWriter writer) {
    this.open = open;
    this.tables = open.tables();
    this.writer = writer;
    TableContract files = Contracts.of("ingested_file");
    this.supersededBefore = superseded(tables.before(files));
    this.superseded = superseded(tables.now(files));
  }

  /** What was written, in order. */
  List<TableRun> written() {
    return written;
  }

  /** Few enough to be named in a condition, which spares every reading a join. */
  private static List<String> superseded(Dataset<Row> files) {
    return files
        .select("superseded_file_id")
        .filter(col("superseded_file_id").isNotNull())
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static Dataset<Row> without(Dataset<Row> rows, List<String> fileIds) {
    return fileIds.isEmpty() ? rows : rows.filter(not(isOf(fileIds)));
  }

  private static Column isOf(List<String> fileIds) {
    return col("file_id").isin(fileIds.toArray());
  }

  @Override
  public Dataset<Row> staged(String table) {
    return Parts.staged(table, this::log);
  }

  private Dataset<Row> log(String table) {
    return columns(table, without(tables.now(Contracts.of(table)), superseded));
  }

  @Override
  public Dataset<Row> staged(String table, Dataset<Row> keys, String key) {
    Supplier<SoughtValues> values = () -> tables.sought(keys, key);
    return among(
        Parts.staged(table, name -> name.equals(table) ? log(name, values) : log(name)), keys, key);
  }

  private Dataset<Row> log(String table, Supplier<SoughtValues> values) {
    return columns(table, without(tables.now(Contracts.of(table), values), superseded));
  }

  @Override
  public Dataset<Row> stagedBefore(String table) {
    return Parts.staged(table, this::logBefore);
  }

  private Dataset<Row> logBefore(String table) {
    return columns(table, without(tables.before(Contracts.of(table)), supersededBefore));
  }

  @Override
  public Dataset<Row> arrived(String table) {
    return Parts.arrived(table, this::log, this::arrivedInLog);
  }

  private Dataset<Row> arrivedInLog(String table) {
    TableContract contract = Contracts.of(table);
    Manifest manifest = open.manifest();
    // What the night wrote to a log is what came, and perhaps rows of files that it wrote anew.
    Dataset<Row> came = columns(table, tables.written(contract));
    return manifest.inputs().goneFileIds().isEmpty()
        ? came
        : came.union(
            columns(table, tables.before(contract)).filter(isOf(manifest.inputs().goneFileIds())));
  }

  private static Dataset<Row> columns(String table, Dataset<Row> rows) {
    return rows.select(
        Contracts.of(table).columns().stream()
            .map(ColumnContract::name)
            .map(name -> col(name))
            .toArray(Column[]::new));
  }

  @Override
  public Dataset<Row> before(String table) {
    return tables.before(Contracts.of(table));
  }

  @Override
  public Dataset<Row> before(String table, Column condition) {
    Dataset<Row> rows = before(table);
    // Which files hold such rows Delta finds out in a job of its own: of few files that costs more.
    return Sessions.isSmall(rows.sparkSession())
        ? rows.filter(condition)
        : tables.before(Contracts.of(table), condition);
  }

  @Override
  public Dataset<Row> before(String table, Dataset<Row> keys, String key) {
    return among(tables.before(Contracts.of(table), () -> tables.sought(keys, key)), keys, key);
  }

  @Override
  public Dataset<Row> tonight(String table) {
    return tables.now(Contracts.of(table));
  }

  @Override
  public void replace(Map<String, Replacement> rows) {
    Map<TableContract, Replacement> replacements = new LinkedHashMap<>();
    rows.forEach((table, replacement) -> replacements.put(Contracts.of(table), replacement));
    written.addAll(writer.replace(replacements));
  }

  @Override
  public void update(Map<String, Dataset<Row>> whole) {
    List<TableWriter.Rows> rows = new ArrayList<>();
    whole.forEach(
        (table, tableRows) -> rows.add(new TableWriter.Rows(Contracts.of(table), tableRows, 0)));
    written.addAll(
        writer.write(TableWriter.Change.UPDATE, rows).stream()
            .filter(run -> run.rowCount() > 0)
            .toList());
  }

  @Override
  public Dataset<Row> keep(String name, Dataset<Row> rows) {
    return writer.keep(
        name,
        () -> {
          Dataset<Row> kept = Sessions.isSmall(rows.sparkSession()) ? inMemory(rows) : rows;
          // The KPIs are perhaps made by another process.
          return kept == rows || name.equals(TouchedUnits.NAME)
              ? open.work().materialise(name, kept)
              : kept;
        });
  }

  /**
   * Rows that are computed and not written: planning is most of a small night, and of rows that it
   * holds in its hands Spark sees at once whether there are any.
   */
  private static Dataset<Row> inMemory(Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(rows.collectAsList(), rows.schema());
  }
}
