package dev.nightdesk.io;

/**
 * A raw file that cannot be read to its end. The message names the file, the place, the cause and
 * the cure.
 */
public final class UnreadableDump extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableDump(String path, String cause) {
    super(
        "The raw file %s cannot be read: %s. Have it delivered again; nothing of this night was published."
            .formatted(path, cause));
  }

  UnreadableDump(String path, String cause, Throwable exception) {
    this(path, cause);
    initCause(exception);
  }
}
