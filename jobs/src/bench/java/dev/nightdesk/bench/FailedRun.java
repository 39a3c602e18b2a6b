package dev.nightdesk.bench;

/**
 * A run that gives nothing to compare: a process failed, or its values are not those of the peer.
 */
final class FailedRun extends RuntimeException {

  private static final long serialVersionUID = 1;

  FailedRun(String message) {
    super(message);
  }
}
