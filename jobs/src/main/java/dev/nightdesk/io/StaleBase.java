package dev.nightdesk.io;

/** A change was made for a version that the table no longer has. */
public final class StaleBase extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the change was made for and what it met. */
  public StaleBase(String table, long expected, long found) {
    super(
        "The change of %s was made for version %d, but the table is at version %d: something else wrote to it since. Run the night again from the start; if no other night did it, run nightdesk rollback --to the latest publication first."
            .formatted(table, expected, found));
  }
}
