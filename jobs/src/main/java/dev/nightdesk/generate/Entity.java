package dev.nightdesk.generate;

import java.util.Locale;

/** The raw entities of the canonical source. */
enum Entity {
  TICKET(Delivery.DAILY),
  TICKET_EVENT(Delivery.DAILY),
  MESSAGE(Delivery.DAILY),
  SURVEY(Delivery.DAILY),
  AGENT(Delivery.ON_CHANGE),
  CUSTOMER(Delivery.ON_CHANGE),
  SCHEDULE(Delivery.ON_CHANGE),
  SLA_POLICY(Delivery.ON_CHANGE),
  CALL(Delivery.DAILY),
  ORDER(Delivery.DAILY),
  AGENT_SHIFT(Delivery.ON_CHANGE),
  MACRO(Delivery.ON_CHANGE),
  MACRO_USE(Delivery.DAILY),
  SOCIAL_MENTION(Delivery.DAILY),
  SELF_SERVICE_SESSION(Delivery.DAILY);

  private enum Delivery {
    /** Promised for every day on which the run has it. */
    DAILY,
    /** Whole on the first day, later only what changed. */
    ON_CHANGE
  }

  private final Delivery delivery;

  Entity(Delivery delivery) {
    this.delivery = delivery;
  }

  /** The name of its folder and of its contract. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isPromisedDaily() {
    return delivery == Delivery.DAILY;
  }

  /** Whether some of its records arrive late. */
  boolean hasStragglers() {
    return this == TICKET_EVENT || this == MESSAGE;
  }

  /** Whether some of its files repeat records of earlier days. */
  boolean hasRepeats() {
    return delivery == Delivery.DAILY;
  }
}
