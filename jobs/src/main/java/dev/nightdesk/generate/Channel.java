package dev.nightdesk.generate;

/**
 * How people reach the desk, and how fast both sides answer there.
 *
 * <p>Medians are seconds: of the desk's first and later responses while it is open, and of the
 * customer's replies at any hour.
 */
enum Channel {
  EMAIL(0.34, 3 * 3_600, 2 * 3_600, 5 * 3_600, Pace.LETTER),
  CHAT(0.22, 55, 40, 45, Pace.LIVE),
  WEB(0.16, 2.5 * 3_600, 1.5 * 3_600, 6 * 3_600, Pace.LETTER),
  PHONE(0.13, 45, 30, 20, Pace.LIVE),
  WHATSAPP(0.08, 6 * 60, 4 * 60, 8 * 60, Pace.LIVE),
  FACEBOOK(0.04, 3_600, 2_400, 2 * 3_600, Pace.LETTER),
  INSTAGRAM(0.03, 1.5 * 3_600, 3_000, 3 * 3_600, Pace.LETTER);

  private enum Pace {
    LETTER,
    LIVE
  }

  final double weight;
  final double firstResponseMedian;
  final double responseMedian;
  final double customerMedian;
  private final Pace pace;

  Channel(double weight, double first, double next, double customer, Pace pace) {
    this.weight = weight;
    this.firstResponseMedian = first;
    this.responseMedian = next;
    this.customerMedian = customer;
    this.pace = pace;
  }

  /** Whether people wait on the line. */
  boolean isLive() {
    return pace == Pace.LIVE;
  }

  boolean isSocial() {
    return this == FACEBOOK || this == INSTAGRAM;
  }

  /** Whether a bot greets there. */
  boolean hasBot() {
    return this == CHAT || this == WHATSAPP || this == WEB;
  }

  String code() {
    return switch (this) {
      case EMAIL -> "email";
      case CHAT -> "chat";
      case WEB -> "web";
      case PHONE -> "phone";
      case WHATSAPP -> "whatsapp";
      case FACEBOOK -> "facebook";
      case INSTAGRAM -> "instagram";
    };
  }
}
