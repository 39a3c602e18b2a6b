package dev.nightdesk.publish;

/**
 * A piece of a step that is measured by itself.
 *
 * @param kind what it is
 * @param name of the table or of the rows, or what is done, in words
 */
public record Phase(Kind kind, String name) {

  /** What a phase is. */
  public enum Kind {
    /** A table is computed and written. */
    TABLE,
    /** Rows are computed and kept, because several tables are made of them. */
    KEPT,
    /** Anything else. */
    OTHER
  }

  /** Of a table. */
  public static Phase table(String name) {
    return new Phase(Kind.TABLE, name);
  }

  /** Of rows that are kept. */
  public static Phase kept(String name) {
    return new Phase(Kind.KEPT, name);
  }

  /** Of anything else. */
  public static Phase other(String name) {
    return new Phase(Kind.OTHER, name);
  }

  /** Different for any two phases. */
  public String id() {
    return kind + " " + name;
  }
}
