package dev.nightdesk.logic;

import java.util.Locale;

/** What the author of a message or of a change was at that time. */
public enum AuthorClass {
  CUSTOMER,
  AGENT,
  BOT,
  UNKNOWN;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The class as tables write it. */
  public String code() {
    return code;
  }

  /**
   * The class of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AuthorClass of(String code) {
    for (AuthorClass authorClass : values()) {
      if (authorClass.code.equals(code)) {
        return authorClass;
      }
    }
    throw new IllegalArgumentException(
        "%s is no author class. Map it to customer, agent, bot or unknown in the source."
            .formatted(code));
  }
}
