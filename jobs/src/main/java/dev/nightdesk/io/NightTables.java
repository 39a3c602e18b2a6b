package dev.nightdesk.io;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.table.Replacement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;

/**
 * The tables as a night sees them: as they were published before it, and with what it has changed
 * so far.
 *
 * <p>What it writes lies in the tables' folders, but in no commit: nobody else sees it before
 * {@link #apply}. Tables may be written side by side, each by one thread.
 */
public final class NightTables {

  /**
   * Fewer rows in the files that a night rewrites become one file. Twice what a layout gives a
   * file, so that one that grows is divided in the end. What comes beside them is of one night:
   * only where very many rows come to a table of few does one task write them all.
   */
  private static final long ROWS_OF_ONE_FILE = 20_000;

  /**
   * Smaller tables are read whole: what is looked for has to be collected by a job first. Where
   * exactly it begins to pay is not measured.
   */
  private static final long BYTES_READ_WHOLE = 16L * 1024 * 1024;

  private final DeltaTables tables;
  private final Map<String, Long> baseVersions;
  private final long bytesReadWhole;
  private final Map<String, State> states = new HashMap<>();

  /** By the data set that holds them: the same are looked for in table after table. */
  private final Map<Dataset<Row>, Map<String, SoughtValues>> sought =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** The files of a table now: those of the base that stay, and those that come. */
  private static final class State {
    final TableContract contract;
    final TableLog log;
    final long baseVersion;

    /** Files of the base, by path. */
    final Map<String, AddFile> removed = new LinkedHashMap<>();

    final List<AddFile> added = new ArrayList<>();
    boolean isWritten;

    /** Null until it is asked for: a step reads few of the tables that those before it changed. */
    private List<AddFile> base;

    /** Empty: the contract's. */
    String metadata = "";

    State(TableContract contract, TableLog log, long baseVersion) {
      this.contract = contract;
      this.log = log;
      this.baseVersion = baseVersion;
    }

    synchronized List<AddFile> base() {
      if (base == null) {
        base = log.files(baseVersion);
      }
      return base;
    }

    List<AddFile> files() {
      List<AddFile> files = new ArrayList<>();
      base().stream().filter(file -> !removed.containsKey(file.path())).forEach(files::add);
      files.addAll(added);
      return files;
    }

    /** A table that is born without rows is born all the same. */
    boolean isChanged() {
      return !removed.isEmpty()
          || !added.isEmpty()
          || !metadata.isEmpty()
          || (isWritten && baseVersion < 0);
    }

    void remove(AddFile file) {
      // A file that this night wrote itself was in no version: it is only forgotten.
      if (!added.removeIf(own -> own.path().equals(file.path()))) {
        removed.put(file.path(), file);
      }
    }
  }

  /**
   * @param tables the warehouse
   * @param baseVersions version of every table in the publication that the night stands on; a table
   *     that is missing was never published
   */
  public NightTables(DeltaTables tables, Map<String, Long> baseVersions) {
    this(tables, baseVersions, BYTES_READ_WHOLE);
  }

  NightTables(DeltaTables tables, Map<String, Long> baseVersions, long bytesReadWhole) {
    this.tables = tables;
    this.baseVersions = Map.copyOf(baseVersions);
    this.bytesReadWhole = bytesReadWhole;
  }

  /** Goes on with what an earlier step changed. */
  public synchronized void resume(TableContract contract, TableChange change) {
    State state = state(contract);
    if (state.baseVersion != change.baseVersion()) {
      throw new StaleBase(contract.table(), change.baseVersion(), state.baseVersion);
    }
    change
        .removed()
        .forEach(
            json -> {
              AddFile file = file(json);
              state.removed.put(file.path(), file);
            });
    change.added().forEach(json -> state.added.add(file(json)));
    state.metadata = change.metadata();
    state.isWritten = true;
  }

  private static AddFile file(String json) {
    return (AddFile) org.apache.spark.sql.delta.actions.Action$.MODULE$.fromJson(json);
  }

  private synchronized State state(TableContract contract) {
    return states.computeIfAbsent(
        contract.table(),
        table -> new State(contract, tables.log(contract), baseVersions.getOrDefault(table, -1L)));
  }

  /** The rows as published before the night; none if the table never was. */
  public Dataset<Row> before(TableContract contract) {
    State state = state(contract);
    return state.log.rows(state.base());
  }

  /** The rows of a condition as published before the night, of the files that may have some. */
  public Dataset<Row> before(TableContract contract, Column condition) {
    State state = state(contract);
    return state.log.rows(state.baseVersion, condition);
  }

  /**
   * The rows as published before the night, of the files that may hold what is looked for.
   *
   * @param sought asked for if the table is so large that it pays
   */
  public Dataset<Row> before(TableContract contract, Supplier<SoughtValues> sought) {
    State state = state(contract);
    return state.log.rows(mayHold(state.base(), sought));
  }

  /** The rows with what the night has changed so far. */
  public Dataset<Row> now(TableContract contract) {
    State state = state(contract);
    return state.log.rows(state.files());
  }

  /** The same, of the files that may hold what is looked for. */
  public Dataset<Row> now(TableContract contract, Supplier<SoughtValues> sought) {
    State state = state(contract);
    return state.log.rows(mayHold(state.files(), sought));
  }

  private List<AddFile> mayHold(List<AddFile> files, Supplier<SoughtValues> sought) {
    long bytes = files.stream().mapToLong(AddFile::size).sum();
    return bytes < bytesReadWhole ? files : sought.get().mayHold(files);
  }

  /** The values of a column of some keys, which are collected once. */
  public SoughtValues sought(Dataset<Row> keys, String column) {
    return sought
        .computeIfAbsent(keys, rows -> new ConcurrentHashMap<>())
        .computeIfAbsent(column, name -> SoughtValues.of(keys, name));
  }

  /** The rows of the files that the night has written. */
  public Dataset<Row> written(TableContract contract) {
    State state = state(contract);
    return state.log.rows(state.added);
  }

  /** The published rows of the files that the night takes away. */
  public Dataset<Row> replaced(TableContract contract) {
    State state = state(contract);
    return state.log.rows(List.copyOf(state.removed.values()));
  }

  /** Whether the night has changed the table. */
  public boolean isChanged(TableContract contract) {
    return state(contract).isChanged();
  }

  /** Forgets what the night changed of a table, so that a step can be done again. */
  public synchronized void discard(TableContract contract) {
    states.remove(contract.table());
  }

  /**
   * Adds rows.
   *
   * @throws ContractViolation if the rows' columns are not those of the contract
   */
  public Written append(TableContract contract, Dataset<Row> rows) {
    State state = state(contract);
    List<AddFile> added = state.log.write(rows);
    state.added.addAll(added);
    return written(state, added);
  }

  /** Puts rows in the place of all that there are. */
  public Written replaceAll(TableContract contract, Dataset<Row> rows) {
    State state = state(contract);
    return replaceAll(state, state.log.write(rows));
  }

  /** The same with rows that lie in the ranges and the order of the contract's layout already. */
  public Written replaceAllAsOrdered(TableContract contract, Dataset<Row> rows) {
    State state = state(contract);
    return replaceAll(state, state.log.writeAsOrdered(rows));
  }

  private static Written replaceAll(State state, List<AddFile> added) {
    state.files().forEach(state::remove);
    state.added.addAll(added);
    return written(state, added);
  }

  /** Replaces the rows of some keys: only the files that hold one of them are written anew. */
  public Written replace(TableContract contract, Replacement replacement) {
    State state = state(contract);
    List<AddFile> touched = holding(state, replacement);
    Dataset<Row> merged = merged(state, touched, replacement);
    List<AddFile> added =
        TableLog.rowCount(touched) < ROWS_OF_ONE_FILE
            ? state.log.writeInOneFile(merged)
            : state.log.write(merged);
    touched.forEach(state::remove);
    state.added.addAll(added);
    return written(state, added);
  }

  private static Dataset<Row> merged(State state, List<AddFile> touched, Replacement replacement) {
    if (touched.isEmpty()) {
      return replacement.rows();
    }
    Dataset<Row> kept =
        state
            .log
            .rows(touched)
            .join(
                broadcast(replacement.keys()),
                replacement.key().toArray(String[]::new),
                "left_anti")
            .select(columns(state.contract));
    return kept.unionByName(replacement.rows());
  }

  /** The files now that hold a row of the keys. */
  private List<AddFile> holding(State state, Replacement replacement) {
    List<AddFile> files = state.files();
    for (String column : replacement.key()) {
      files = mayHold(files, () -> sought(replacement.keys(), column));
    }
    if (files.isEmpty()) {
      return files;
    }
    Column[] key = replacement.key().stream().map(name -> col(name)).toArray(Column[]::new);
    List<Column> columns = new ArrayList<>(Arrays.asList(key));
    columns.add(col("_metadata.file_name").as("_file"));
    Set<String> names = new HashSet<>();
    state
        .log
        .rows(files)
        .select(columns.toArray(Column[]::new))
        .join(broadcast(replacement.keys()), replacement.key().toArray(String[]::new), "left_semi")
        .select("_file")
        .distinct()
        .collectAsList()
        .forEach(row -> names.add(row.getString(0)));
    return files.stream().filter(file -> names.contains(fileName(file))).toList();
  }

  private static String fileName(AddFile file) {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }

  /**
   * Gives a table its whole new content. Nothing is changed if it is the same as now; of a table of
   * several files only those are written anew that hold a row that differs.
   */
  public Written update(TableContract contract, Dataset<Row> whole) {
    State state = state(contract);
    List<AddFile> now = state.files();
    List<AddFile> candidate = state.log.write(whole);
    Dataset<Row> before = state.log.rows(now);
    Dataset<Row> after = state.log.rows(candidate);
    if (state.baseVersion >= 0 && isSame(contract, before, after)) {
      return new Written(state.baseVersion, 0);
    }
    if (now.size() <= 1) {
      now.forEach(state::remove);
      state.added.addAll(candidate);
      return written(state, candidate);
    }
    Column[] key = contract.key().stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> keys =
        before.exceptAll(after).select(key).union(after.exceptAll(before).select(key)).distinct();
    return replace(
        contract,
        new Replacement(
            contract.key(),
            keys,
            // Null-safe, because a key may have a null.
            after.join(broadcast(keys), nullSafe(contract.key(), after, keys), "left_semi")));
  }

  private static Column nullSafe(List<String> key, Dataset<Row> left, Dataset<Row> right) {
    return key.stream()
        .map(name -> left.col(name).eqNullSafe(right.col(name)))
        .reduce(Column::and)
        .orElse(lit(true));
  }

  /** Same number of rows and same sum of their hashes: one pass over both, without a shuffle. */
  private static boolean isSame(TableContract contract, Dataset<Row> before, Dataset<Row> after) {
    List<Column> values = new ArrayList<>();
    for (Column column : columns(contract)) {
      values.add(column);
      // A hash passes over nulls: without this a value could move to the next column unseen.
      values.add(column.isNull());
    }
    Column hash = xxhash64(values.toArray(Column[]::new)).cast("decimal(38,0)");
    Column isAfter = col("_is_after");
    List<Row> sums =
        before
            .select(hash.as("_hash"), lit(false).as("_is_after"))
            .union(after.select(hash.as("_hash"), lit(true).as("_is_after")))
            .groupBy(isAfter)
            .agg(count(lit(1)), sum("_hash"))
            .collectAsList();
    if (sums.isEmpty()) {
      return true;
    }
    return sums.size() == 2
        && sums.get(0).getLong(1) == sums.get(1).getLong(1)
        && sums.get(0).getDecimal(2).equals(sums.get(1).getDecimal(2));
  }

  private static Column[] columns(TableContract contract) {
    return contract.columns().stream()
        .map(ColumnContract::name)
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  private static Written written(State state, List<AddFile> added) {
    state.isWritten = true;
    return new Written(state.baseVersion + 1, TableLog.rowCount(added));
  }

  /**
   * Returns a table to the rows, columns and properties of an earlier version.
   *
   * @param version -1: the table has no rows
   * @throws GoneVersion if files of that version were deleted since
   */
  public void restore(TableContract contract, long version) {
    State state = state(contract);
    List<AddFile> target = state.log.files(version);
    Set<String> present = state.log.present().keySet();
    long gone = target.stream().filter(file -> !present.contains(fileName(file))).count();
    if (gone > 0) {
      throw new GoneVersion(contract.table(), version, gone);
    }
    Set<String> targetPaths = target.stream().map(AddFile::path).collect(toSet());
    Set<String> basePaths = state.base().stream().map(AddFile::path).collect(toSet());
    state.base().stream().filter(file -> !targetPaths.contains(file.path())).forEach(state::remove);
    target.stream().filter(file -> !basePaths.contains(file.path())).forEach(state.added::add);
    if (version >= 0
        && !state.log.metadata(version).equals(state.log.metadata(state.baseVersion))) {
      state.metadata = state.log.metadata(version);
    }
  }

  /**
   * Writes many small files as few large ones; nothing if there are not many.
   *
   * @param order columns by which the files are ranged and their rows sorted
   * @param small fewer bytes make a file small
   * @param many so many small files are too many
   * @param large bytes of a file that is written
   */
  public Written compact(
      TableContract contract, List<String> order, long small, int many, long large) {
    State state = state(contract);
    List<AddFile> files = state.files().stream().filter(file -> file.size() < small).toList();
    if (files.size() < many) {
      return new Written(state.baseVersion, 0);
    }
    long bytes = files.stream().mapToLong(AddFile::size).sum();
    int count = Math.toIntExact(1 + bytes / large);
    Column[] columns = order.stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> rows = state.log.rows(files);
    rows = count == 1 ? rows.coalesce(1) : rows.repartitionByRange(count, columns);
    List<AddFile> added = state.log.writeAsOrdered(rows.sortWithinPartitions(columns));
    files.forEach(state::remove);
    state.added.addAll(added);
    return written(state, added);
  }

  /** What the night has changed, by table; what it has not is missing. */
  public synchronized Map<String, TableChange> changes() {
    Map<String, TableChange> changes = new LinkedHashMap<>();
    states.keySet().stream()
        .sorted()
        .map(states::get)
        .filter(State::isChanged)
        .forEach(state -> changes.put(state.contract.table(), change(state)));
    return changes;
  }

  private static TableChange change(State state) {
    return new TableChange(
        state.contract.table(),
        state.baseVersion,
        state.added.stream().map(AddFile::json).toList(),
        state.removed.values().stream().map(AddFile::json).toList(),
        TableLog.rowCount(state.added),
        state.metadata);
  }

  /**
   * Commits a change of one table; one that this run has committed already is left as it is.
   *
   * @param runId the run that made the change; the commit carries it in {@code commitMetadata}
   * @param sequence grows with every publication
   * @param at the time: from then on the files that go are kept for readers of older versions
   * @return the table's version
   * @throws StaleBase if something else wrote to the table since
   */
  public static long apply(
      DeltaTables tables,
      TableContract contract,
      TableChange change,
      String runId,
      long sequence,
      String commitMetadata,
      Instant at) {
    TableLog log = tables.log(contract);
    long version = log.version();
    if (version == change.baseVersion() + 1 && log.commitMetadata(version).contains(runId)) {
      return version;
    }
    List<Action> added = new ArrayList<>();
    change.added().forEach(json -> added.add(file(json)));
    List<Action> removed = new ArrayList<>();
    change
        .removed()
        .forEach(json -> removed.add(file(json).removeWithTimestamp(at.toEpochMilli(), true)));
    return log.commit(
        change.baseVersion(), added, removed, change.metadata(), sequence, commitMetadata);
  }
}
