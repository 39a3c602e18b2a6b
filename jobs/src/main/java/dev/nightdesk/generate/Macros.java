package dev.nightdesk.generate;

/** Text templates of the desk, and their use: a few are used most. */
final class Macros {

  private static final int COUNT = 40;
  private static final long FIRST_ID = 300_001;

  private final Ids ids;
  private final double[] totals = new double[COUNT - 2];

  Macros(Ids ids) {
    this.ids = ids;
    double total = 0;
    for (int rank = 0; rank < totals.length; rank++) {
      total += 1.0 / (rank + 1);
      totals[rank] = total;
    }
  }

  /** Delivers all of them; the last two are never used, and the last is switched off. */
  void deliver(Days days, DumpWriter dumps) {
    for (int number = 0; number < COUNT; number++) {
      long createdAt = days.start(0) - (COUNT - number) * 7L * Days.SECONDS;
      Line line =
          dumps
              .line(Entity.MACRO)
              .id("macro_id", FIRST_ID + number)
              .text("name", "Template " + (number + 1));
      if (number == COUNT - 1) {
        line.no("is_active");
      }
      line.instant("created_at", createdAt).instant("updated_at", createdAt);
      dumps.deliverToday();
    }
  }

  /** An agent wrote a message with a macro. Some help desks tell it twice. */
  void useInMessage(
      long ticketId, long messageId, long agentId, long at, Dice dice, DumpWriter dumps) {
    long macro = FIRST_ID + dice.weighted(totals);
    for (int times = dice.chance(0.03) ? 2 : 1; times > 0; times--) {
      use(macro, ticketId, agentId, at, dumps).id("message_id", messageId);
      dumps.deliver(at);
    }
  }

  /** An agent changed a ticket with a macro. */
  void useInEvent(long ticketId, long eventId, long agentId, long at, Dice dice, DumpWriter dumps) {
    use(FIRST_ID + dice.weighted(totals), ticketId, agentId, at, dumps).id("event_id", eventId);
    dumps.deliver(at);
  }

  private Line use(long macro, long ticketId, long agentId, long at, DumpWriter dumps) {
    return dumps
        .line(Entity.MACRO_USE)
        .id("macro_use_id", ids.next(Entity.MACRO_USE))
        .id("macro_id", macro)
        .id("ticket_id", ticketId)
        .id("agent_id", agentId)
        .instant("used_at", at);
  }
}
