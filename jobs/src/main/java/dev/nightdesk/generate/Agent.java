package dev.nightdesk.generate;

/**
 * One of the desk.
 *
 * @param id the native id
 * @param name display name
 * @param team what the agent works on
 * @param firstDay the first working day; 0 also for who was there before
 * @param lastDay the first day on which the agent takes no new ticket; far away for who stays
 * @param leftAt when the agent leaves; {@link Long#MAX_VALUE} for who stays
 * @param pace factor on response times; 1 is usual
 * @param charm added to the customers' mood; 0 is usual
 */
record Agent(
    long id,
    String name,
    String team,
    int firstDay,
    int lastDay,
    long leftAt,
    double pace,
    double charm) {

  boolean leaves() {
    return leftAt != Long.MAX_VALUE;
  }
}
