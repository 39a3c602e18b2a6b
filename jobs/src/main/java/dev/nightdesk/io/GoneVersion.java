package dev.nightdesk.io;

/** A version of a table can no longer be read: its files were deleted. */
public final class GoneVersion extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GoneVersion(String table, long version, long fileCount) {
    super(
        "%d files of %s, version %d, are gone: versions are kept for 30 days. Choose a later publication."
            .formatted(fileCount, table, version));
  }
}
