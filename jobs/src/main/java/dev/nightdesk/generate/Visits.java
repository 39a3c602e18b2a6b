package dev.nightdesk.generate;

import java.util.List;

/** What happens outside of tickets: help-centre visits, mentions, callers who give up, reviews. */
final class Visits {

  private static final List<String> PLATFORMS = List.of("facebook", "instagram", "twitter");

  private final World world;

  Visits(World world) {
    this.world = world;
  }

  void deliver(int day) {
    Dice dice = Dice.of(world.options().seed(), Dice.Subject.VISITS, day);
    Demand demand = world.demand();
    long tickets = demand.createdBefore(day + 1) - demand.createdBefore(day);
    for (long i = (long) (tickets * 0.8); i > 0; i--) {
      session(day, dice);
    }
    // One day everybody talks about us.
    boolean isLoud = day == world.days().count() * 3 / 4;
    for (long i = (long) (tickets * (isLoud ? 1.2 : 0.1)); i > 0; i--) {
      mention(day, dice);
    }
    for (long i = (long) (tickets * 0.03 + dice.share()); i > 0; i--) {
      lostCall(day, dice);
    }
    for (long i = (long) (tickets * 0.005 + dice.share()); i > 0; i--) {
      Surveys.review(world, moment(day, dice), dice);
    }
  }

  private long moment(int day, Dice dice) {
    return world.days().at(day, 7 * 3_600 + dice.below(15 * 3_600));
  }

  private void session(int day, Dice dice) {
    long customerId = dice.chance(0.3) ? 0 : world.customers().pick(day, dice);
    session(world, customerId, moment(day, dice), dice);
  }

  /** A visit of the help centre; 0 for a visitor whom nobody knows. */
  static void session(World world, long customerId, long at, Dice dice) {
    world
        .dumps()
        .line(Entity.SELF_SERVICE_SESSION)
        .id("session_id", world.ids().next(Entity.SELF_SERVICE_SESSION))
        .optionalId("customer_id", customerId)
        .instant("started_at", at)
        .instant("ended_at", at + dice.seconds(150, 1))
        .number("article_view_count", dice.between(1, 5));
    world.dumps().deliver(at);
  }

  private void mention(int day, Dice dice) {
    long at = moment(day, dice);
    world
        .dumps()
        .line(Entity.SOCIAL_MENTION)
        .id("mention_id", world.ids().next(Entity.SOCIAL_MENTION))
        .text("platform", dice.pick(PLATFORMS))
        .instant("mentioned_at", at)
        .flag("is_repost", dice.chance(0.15));
    world.dumps().deliver(at);
  }

  private void lostCall(int day, Dice dice) {
    long at = moment(day, dice);
    // Every sixth hangs up before anybody could answer.
    long lostAt = at + 2 + (dice.chance(0.17) ? dice.between(1, 5) : dice.seconds(40, 1));
    world
        .dumps()
        .line(Entity.CALL)
        .id("call_id", world.ids().next(Entity.CALL))
        .id("customer_id", world.customers().pick(day, dice))
        .text("direction", "inbound")
        .instant("started_at", at)
        .instant("queued_at", at + 2)
        .instant("abandoned_at", lostAt)
        .instant("ended_at", lostAt)
        .instant("updated_at", lostAt);
    world.dumps().deliver(lostAt);
  }
}
