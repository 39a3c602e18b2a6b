package dev.nightdesk.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * What a night's audit holds the values of a column against, besides type, NOT NULL and codes.
 *
 * @param reference where its value must be found; absent: it names nothing of ours
 * @param notBefore the instant of the same row before which it must not lie; absent: none
 * @param range what its numbers may be
 */
public record ColumnChecks(Optional<Reference> reference, Optional<String> notBefore, Range range) {

  /** No promise besides that of its name. */
  public static final ColumnChecks NONE =
      new ColumnChecks(Optional.empty(), Optional.empty(), Range.NATURAL);

  /** What the numbers of a column may be. */
  public enum Range {
    /** A ratio is 0 to 1, a count or a duration is not negative. */
    NATURAL,
    /** A ratio may exceed 1, a change or a growth may be negative. */
    ANY
  }

  public ColumnChecks {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(notBefore, "notBefore");
    Objects.requireNonNull(range, "range");
  }

  /**
   * A value names a row of another table.
   *
   * @param table the other table
   * @param column its column
   * @param where SQL over the row: which rows promise it; empty for all. A null value names nothing
   */
  public record Reference(String table, String column, String where) {

    public Reference {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(where, "where");
    }

    /** The other table and column as contracts write them. */
    public String target() {
      return table + "." + column;
    }
  }
}
