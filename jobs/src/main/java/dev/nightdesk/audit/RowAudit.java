package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.audit.RowPromises.Promise;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.TableContract.Layer;
import dev.nightdesk.table.SideBySide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds the rows that a night wrote against what their contracts promise of single rows and of
 * keys.
 *
 * <p>One question a table: is anything broken? Only then is it asked what, so that a night in which
 * all is well pays for little more than the scan. Of a large table that promises much it is two, of
 * its keys and of its promises.
 */
final class RowAudit {

  private static final int THREADS = 3;

  /**
   * So many promises are judged while the keys are read. The code that Spark generates for more may
   * have a method of more than 8,000 bytes, which the JVM interprets for ever.
   */
  private static final int PROMISES_BESIDE_KEYS = 60;

  /** So many promises share an aggregate, for each of which Spark generates a method of its own. */
  private static final int PROMISES_OF_AN_AGGREGATE = 8;

  private final AuditedTables tables;

  RowAudit(AuditedTables tables) {
    this.tables = tables;
  }

  List<AuditResult> results() {
    List<Callable<List<AuditResult>>> work =
        tables.changed().stream()
            .<Callable<List<AuditResult>>>map(contract -> () -> ofTable(contract, judged(contract)))
            .toList();
    return SideBySide.all(THREADS, work).stream().flatMap(List::stream).toList();
  }

  /**
   * Rows of a unit or a period are replaced together, so a key that occurs twice does so within
   * what the night wrote. Dims have no such units, and are small enough to be looked at whole.
   */
  private Dataset<Row> judged(TableContract contract) {
    return contract.layer() == Layer.DIM ? tables.whole(contract) : tables.written(contract);
  }

  private List<AuditResult> ofTable(TableContract contract, Dataset<Row> written) {
    List<Promise> promises = RowPromises.of(contract);
    boolean isOneQuestion = tables.areSmall() || promises.size() <= PROMISES_BESIDE_KEYS;
    RowCounts counts = counts(contract, isOneQuestion ? promises : List.of(), written);
    boolean isBroken = isOneQuestion ? counts.broken() > 0 : isAnyBroken(promises, written);
    List<AuditResult> results = new ArrayList<>();
    if (!contract.key().isEmpty()) {
      results.add(ofKeys(contract, written, counts.repeated()));
    }
    Map<Promise, Long> broken = isBroken ? broken(promises, written) : Map.of();
    Map<Rule, List<AuditResult>> failed = new LinkedHashMap<>();
    for (Promise promise : promises) {
      failed.computeIfAbsent(promise.rule(), rule -> new ArrayList<>());
      if (broken.getOrDefault(promise, 0L) > 0) {
        failed
            .get(promise.rule())
            .add(
                AuditResult.failed(
                    promise.rule(),
                    contract.table(),
                    promise.column(),
                    promise.expected(),
                    example(contract, written, promise, broken.get(promise))));
      }
    }
    failed.forEach(
        (rule, failures) ->
            results.addAll(
                failures.isEmpty()
                    ? List.of(
                        AuditResult.passed(
                            rule,
                            contract.table(),
                            "no row that breaks it",
                            "none of " + counts.rows()))
                    : failures));
    return results;
  }

  /**
   * How many rows there are, how many keys occur twice, and how many rows break a promise.
   *
   * <p>Hashes travel in place of keys; what they confuse is looked at again before it counts.
   */
  private RowCounts counts(TableContract contract, List<Promise> promises, Dataset<Row> written) {
    Column[] key = contract.key().isEmpty() ? new Column[] {lit(0)} : key(contract);
    Dataset<Row> hashed =
        written.select(
            xxhash64(key).as(RowCounts.HASH), isBroken(promises).as(RowCounts.IS_BROKEN));
    // Few rows need no shuffle to lie together.
    return RowCounts.of(
        tables.areSmall() ? hashed.coalesce(1) : hashed.repartition(col(RowCounts.HASH)));
  }

  private static Column isBroken(List<Promise> promises) {
    return promises.stream().map(Promise::isBroken).reduce(Column::or).orElse(lit(false));
  }

  private static boolean isAnyBroken(List<Promise> promises, Dataset<Row> written) {
    List<Column> found = new ArrayList<>();
    for (int from = 0; from < promises.size(); from += PROMISES_OF_AN_AGGREGATE) {
      int to = Math.min(from + PROMISES_OF_AN_AGGREGATE, promises.size());
      found.add(max(isBroken(promises.subList(from, to))));
    }
    return written
        .agg(array(found.toArray(Column[]::new)))
        .first()
        .<Boolean>getList(0)
        .contains(true);
  }

  private static Map<Promise, Long> broken(List<Promise> promises, Dataset<Row> written) {
    Column[] counts =
        promises.stream().map(promise -> count_if(promise.isBroken())).toArray(Column[]::new);
    List<Long> numbers = written.agg(array(counts)).first().getList(0);
    Map<Promise, Long> broken = new LinkedHashMap<>();
    for (int i = 0; i < promises.size(); i++) {
      broken.put(promises.get(i), numbers.get(i));
    }
    return broken;
  }

  private static String example(
      TableContract contract, Dataset<Row> written, Promise promise, long broken) {
    Row row = written.filter(promise.isBroken()).first();
    return "%s in %d rows, such as %s"
        .formatted(
            String.valueOf(row.<Object>getAs(promise.column())), broken, keyOf(contract, row));
  }

  private static AuditResult ofKeys(TableContract contract, Dataset<Row> written, long suspects) {
    List<Row> repeated =
        suspects == 0
            ? List.of()
            : written
                .groupBy(key(contract))
                .count()
                .filter(col("count").gt(1))
                .limit(1)
                .collectAsList();
    String segment = String.join(", ", contract.key());
    return repeated.isEmpty()
        ? AuditResult.passed(Rule.KEY_UNIQUE, contract.table(), "one row a key", "one row a key")
        : AuditResult.failed(
            Rule.KEY_UNIQUE,
            contract.table(),
            segment,
            "one row a key",
            "%d rows of %s, %d keys like it"
                .formatted(
                    repeated.get(0).<Long>getAs("count"),
                    keyOf(contract, repeated.get(0)),
                    suspects));
  }

  private static String keyOf(TableContract contract, Row row) {
    return contract.key().stream()
        .map(name -> String.valueOf(row.<Object>getAs(name)))
        .collect(Collectors.joining(", "));
  }

  private static Column[] key(TableContract contract) {
    return contract.key().stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
