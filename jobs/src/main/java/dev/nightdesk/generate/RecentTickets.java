package dev.nightdesk.generate;

/** The last tickets into which a new one can be merged. */
final class RecentTickets {

  private static final int SIZE = 1 << 10;

  private final Seen[] ring = new Seen[SIZE];
  private long added;

  /** A ticket that somebody may write again about. */
  record Seen(long ticketId, long customerId, String type) {}

  void add(Seen ticket) {
    ring[(int) (added++ % SIZE)] = ticket;
  }

  boolean isEmpty() {
    return added == 0;
  }

  Seen pick(Dice dice) {
    return ring[dice.below((int) Math.min(added, SIZE))];
  }
}
