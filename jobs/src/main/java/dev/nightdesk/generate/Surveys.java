package dev.nightdesk.generate;

import java.util.function.LongFunction;

/** What customers are asked after a solve, and what they answer. */
final class Surveys {

  private static final double SENT_SHARE = 0.45;
  private static final double ANSWERED_SHARE = 0.3;
  private static final double CHANGED_SHARE = 0.04;

  private Surveys() {}

  /** How a survey asks. */
  private enum Form {
    STARS("csat", 1, 5, null),
    WORDS("csat", 0, 0, null),
    EASE("ces", 1, 7, "higher_is_better"),
    RECOMMEND("nps", 0, 10, null),
    REVIEW("review", 1, 5, null);

    private final String kind;
    private final int low;
    private final int high;
    private final String direction;

    Form(String kind, int low, int high, String direction) {
      this.kind = kind;
      this.low = low;
      this.high = high;
      this.direction = direction;
    }

    /** The answer of somebody in a mood (0 is undecided, 1 pleased). */
    String score(double mood) {
      if (this == WORDS) {
        return mood > 0 ? "good" : "bad";
      }
      double place = 0.55 + 0.3 * mood;
      return Long.toString(
          Math.max(low, Math.min(high, low + StrictMath.round(place * (high - low)))));
    }
  }

  /**
   * Asks after a solve, perhaps.
   *
   * @param assignees who was assigned at an instant; null for nobody
   */
  static void afterSolve(
      World world,
      long ticketId,
      long customerId,
      long solvedAt,
      double mood,
      LongFunction<Agent> assignees,
      Dice dice) {
    if (!dice.chance(SENT_SHARE)) {
      return;
    }
    double draw = dice.share();
    Form form =
        draw < 0.7
            ? Form.STARS
            : draw < 0.78 ? Form.WORDS : draw < 0.9 ? Form.EASE : Form.RECOMMEND;
    long id = world.ids().next(Entity.SURVEY);
    long sentAt = solvedAt + dice.between(600, 6 * 3_600);
    Request request = new Request(id, ticketId, customerId, form, sentAt);
    request.write(world, form == Form.WORDS ? "offered" : null, 0, null, sentAt);
    if (!dice.chance(ANSWERED_SHARE)) {
      return;
    }
    long answeredAt = sentAt + dice.seconds(7 * 3_600, 1.2);
    request.write(world, form.score(mood), answeredAt, assignees.apply(answeredAt), answeredAt);
    if (dice.chance(CHANGED_SHARE)) {
      long changedAt = answeredAt + dice.seconds(3_600, 1);
      request.write(world, form.score(mood + 1), changedAt, assignees.apply(changedAt), changedAt);
    }
  }

  /** A review that nobody asked for. */
  static void review(World world, long at, Dice dice) {
    long id = world.ids().next(Entity.SURVEY);
    long customer = world.customers().pick(world.days().of(at), dice);
    double mood = 0.8 + dice.gaussian();
    new Request(id, 0, customer, Form.REVIEW, 0)
        .write(world, Form.REVIEW.score(mood), at, null, at);
  }

  private record Request(long id, long ticketId, long customerId, Form form, long sentAt) {

    void write(World world, String score, long answeredAt, Agent agent, long updatedAt) {
      Line line =
          world
              .dumps()
              .line(Entity.SURVEY)
              .id("survey_id", id)
              .optionalId("ticket_id", ticketId)
              .id("customer_id", customerId)
              .optionalId("agent_id", agent == null ? 0 : agent.id())
              .text("kind", form.kind);
      if (form.high > 0) {
        line.number("scale_min", form.low).number("scale_max", form.high);
      }
      line.text("direction", form.direction)
          .text("score", score)
          .optionalInstant("sent_at", sentAt)
          .optionalInstant("answered_at", answeredAt)
          .instant("updated_at", updatedAt);
      world.dumps().deliver(updatedAt);
    }
  }
}
