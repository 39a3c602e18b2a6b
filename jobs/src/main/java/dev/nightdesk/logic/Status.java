package dev.nightdesk.logic;

import java.util.Locale;

/** The state of a ticket. Deletion is no state: it leaves the ticket as it was. */
public enum Status {
  NEW,
  OPEN,
  PENDING,
  HOLD,
  SOLVED,
  CLOSED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The status as tables write it. */
  public String code() {
    return code;
  }

  /** Solved or closed. */
  public boolean isResolved() {
    return this == SOLVED || this == CLOSED;
  }

  /**
   * The status of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Status of(String code, String ticketKey) {
    for (Status status : values()) {
      if (status.code.equals(code)) {
        return status;
      }
    }
    throw new IllegalArgumentException(
        "Ticket %s has a change to the status %s. Map it to new, open, pending, hold, solved, closed or deleted in the source."
            .formatted(ticketKey, code));
  }
}
