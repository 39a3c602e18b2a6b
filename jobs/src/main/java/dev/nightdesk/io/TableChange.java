package dev.nightdesk.io;

import java.util.List;

/**
 * What a night changes of one table: files that are written, but not committed.
 *
 * @param table the table
 * @param baseVersion the version that it was made for; -1: the table is born
 * @param added data files that come, as Delta writes them in its log (JSON)
 * @param removed data files that go, by the same paths as in the base version (JSON)
 * @param rowCount rows of the files that come
 * @param metadata columns and properties that the table returns to, as Delta writes them in its log
 *     (JSON); empty: those of its contract
 */
public record TableChange(
    String table,
    long baseVersion,
    List<String> added,
    List<String> removed,
    long rowCount,
    String metadata) {

  public TableChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }
}
