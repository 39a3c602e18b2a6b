package dev.nightdesk.update;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The time between two nights, which alone makes things known.
 *
 * @param from as of the night before: the first instant that was not known then
 * @param to as of tonight: the first that still is not
 */
record Passage(Instant from, Instant to) {

  /** How far ahead of its dump's date a record may lie, with a day to spare for zones. */
  private static final int DAYS_AHEAD = 3;

  Passage {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "A night as of %s cannot change tables as of %s: time does not go back. Compute all facts."
              .formatted(to, from));
    }
  }

  /** Whether an instant is known tonight and was not before. */
  Column makesKnown(Column instant) {
    return instant.geq(lit(from)).and(instant.lt(lit(to)));
  }

  /** Whether any comparison of an instant with as of, whatever its ends, has changed. */
  Column passes(Column instant) {
    return from.equals(to) ? lit(false) : instant.geq(lit(from)).and(instant.leq(lit(to)));
  }

  /** Whether time passes any of these columns of a row. */
  Column passesAny(List<String> instants) {
    return instants.stream().map(name -> passes(col(name))).reduce(Column::or).orElse(lit(false));
  }

  /** Staged records that lay ahead of the night before, by any of these instants. */
  Column makesRecordKnown(String... instants) {
    Column isKnown =
        Arrays.stream(instants).map(name -> makesKnown(col(name))).reduce(Column::or).orElseThrow();
    // Staging refuses records that lie further ahead of their dump, so older dumps hold none.
    Date oldest = Date.valueOf(from.atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS_AHEAD));
    return col("dt").geq(lit(oldest)).and(isKnown);
  }
}
