package dev.nightdesk.generate;

/** What happens to one ticket, from the first message to the close. */
final class TicketStory {

  private static final double OUTBOUND_SHARE = 0.04;
  private static final double SPAM_SHARE = 0.015;
  private static final double MERGED_SHARE = 0.02;
  private static final double BOT_ONLY_SHARE = 0.14;
  private static final double NEGLECTED_SHARE = 0.03;
  private static final double REOPEN_SHARE = 0.08;
  private static final double DELETED_SHARE = 0.006;
  private static final double ABANDONED_SHARE = 0.01;

  private static final double GIVEN_UP_SHARE = 0.05;

  /** A caller who waits for longer hangs up, and is called back. */
  private static final long PATIENCE = 15 * 60L;

  private static final long UNTIL_CLOSE = 4L * Days.SECONDS;

  /** Four of five are pleased in the end. */
  private static final double USUAL_MOOD = 1.4;

  /** Spread of the number of messages: the mean lies this much above the median. */
  private static final double LENGTH_SIGMA = 0.75;

  private final World world;
  private final Dice dice;
  private final Demand.Contact contact;
  private final RecentTickets.Seen original;
  private final long customerId;
  private final boolean isGerman;
  private final boolean isOutbound;
  private final TicketLog log;
  private double mood;

  /** Who first took the customer's call, and when; null for nobody. */
  private Agent pickedUpBy;

  private long pickedUpAt;

  TicketStory(World world, long number, int day, Demand.Contact contact) {
    this.world = world;
    this.contact = contact;
    this.dice = Dice.of(world.options().seed(), Dice.Subject.TICKET, number);
    this.isOutbound = dice.chance(OUTBOUND_SHARE);
    boolean isDouble = !isOutbound && dice.chance(MERGED_SHARE) && !world.recent().isEmpty();
    this.original = isDouble ? world.recent().pick(dice) : null;
    this.customerId = isDouble ? original.customerId() : world.customers().pick(day, dice);
    this.isGerman = world.customers().isGerman(customerId);
    this.log = new TicketLog(world, dice, 1_000_001 + number, customerId, contact);
    this.mood = USUAL_MOOD + dice.gaussian() * 0.9;
  }

  /** Delivers all records of the ticket that the dumps cover. */
  void tell() {
    if (isOutbound) {
      openByAgent();
    } else {
      openByCustomer();
    }
    log.end();
    if (contact.channel() == Channel.PHONE) {
      call();
    }
    if (!isOutbound && dice.chance(0.1)) {
      // Whoever found no answer in the help centre writes.
      long sought = contact.at() - dice.between(60, 3L * 3_600);
      long today = world.days().start(world.days().of(contact.at()));
      Visits.session(world, customerId, Math.max(today, sought), dice);
    }
    if (!isOutbound && dice.chance(0.1)) {
      long boughtAt = contact.at() + dice.seconds(1.5 * Days.SECONDS, 1);
      world.commerce().order(customerId, boughtAt, dice, world.dumps());
    }
  }

  private void openByAgent() {
    Agent opener = world.staff().onDuty(contact.at(), dice);
    log.openedBy(opener);
    log.say(opener.id(), "agent", deskText(), isGerman);
    log.assign(opener, opener.id());
    log.status("pending", opener.id(), "agent");
    remember();
    if (dice.chance(0.6)) {
      if (customerReplies()) {
        finish(converse(length() - 2));
      }
    } else if (log.reach(log.now() + 3L * Days.SECONDS)) {
      log.status("solved", Staff.RULES, "bot");
      finish(Ending.SOLVED);
    }
  }

  private void openByCustomer() {
    // A form without an address gives a message whose author nobody knows.
    boolean isUnknown = contact.channel() == Channel.WEB && dice.chance(0.01);
    log.say(isUnknown ? 0 : customerId, "customer", customerText(), isGerman);
    if (contact.channel().isSocial()) {
      mention();
    }
    if (original != null) {
      merge();
    } else if (dice.chance(SPAM_SHARE / (1 - MERGED_SHARE - OUTBOUND_SHARE))) {
      spam();
    } else {
      remember();
      welcome();
    }
  }

  /** The bot greets, rules assign, or nobody does. */
  private void welcome() {
    Channel channel = contact.channel();
    if (channel.hasBot() && dice.chance(BOT_ONLY_SHARE)) {
      answerByBot();
      return;
    }
    if (dice.chance(channel.hasBot() ? 0.6 : channel == Channel.EMAIL ? 0.3 : 0)
        && log.reach(log.now() + dice.between(2, 25))) {
      log.say(Staff.ANSWER_BOT, "bot", deskText(), isGerman);
    }
    if (dice.chance(0.6) && log.reach(log.now() + dice.between(1, 5))) {
      log.assign(world.staff().onDuty(log.now(), dice), Staff.RULES);
    }
    if (channel == Channel.CHAT && dice.chance(GIVEN_UP_SHARE)) {
      giveUp();
    } else if (dice.chance(NEGLECTED_SHARE)) {
      neglect();
    } else {
      finish(converse(length() - 1));
    }
  }

  /** How a conversation ends. */
  private enum Ending {
    SOLVED,
    OPEN
  }

  private int length() {
    double mean = world.options().messagesPerTicket();
    double median = mean / StrictMath.exp(LENGTH_SIGMA * LENGTH_SIGMA / 2);
    return (int) Math.max(2, StrictMath.round(dice.logNormal(median, LENGTH_SIGMA)));
  }

  /** Turn by turn, until as many messages are written. */
  private Ending converse(int messages) {
    int left = messages;
    boolean isFirst = true;
    while (true) {
      int written = deskReplies(isFirst, left);
      if (written == 0) {
        return Ending.OPEN;
      }
      left -= written;
      isFirst = false;
      if (left <= 0) {
        return solve();
      }
      if (dice.chance(0.64)) {
        log.status(dice.chance(0.06) ? "hold" : "pending", log.assignee().id(), "agent");
      }
      do {
        if (!customerReplies()) {
          return Ending.OPEN;
        }
        left--;
      } while (left > 1 && dice.chance(0.25));
    }
  }

  /** Gives the number of public messages; 0 if the dumps end before. */
  private int deskReplies(boolean isFirst, int left) {
    Channel channel = contact.channel();
    double median = isFirst ? channel.firstResponseMedian : channel.responseMedian;
    long waitedFrom = log.now();
    long at = responseAt(median);
    if (!log.reach(Math.max(waitedFrom, at - dice.between(5, 90)))) {
      return 0;
    }
    takeOver();
    triage(isFirst);
    if (dice.chance(0.18)) {
      log.note(log.assignee(), deskText());
    }
    if (!log.reach(at)) {
      return 0;
    }
    if (isFirst) {
      mood -= (at - waitedFrom) > 4 * median ? 0.5 : 0;
      mood += log.assignee().charm();
    }
    Agent author = dice.chance(0.08) ? world.staff().onDuty(log.now(), dice) : log.assignee();
    if (isFirst) {
      pickedUpBy = author;
      pickedUpAt = log.now();
    }
    if (dice.chance(0.004)) {
      log.failToSay(author, deskText(), isGerman);
      if (!log.reach(log.now() + dice.between(60, 900))) {
        return 0;
      }
    }
    reply(author);
    int written = 1;
    while (written < left && dice.chance(0.15) && log.reach(log.now() + dice.seconds(40, 1))) {
      reply(author);
      written++;
    }
    if (dice.chance(0.03)) {
      log.assign(world.staff().onDuty(log.now(), dice), author.id());
    }
    return written;
  }

  private void reply(Agent author) {
    long messageId = log.say(author.id(), "agent", deskText(), isGerman);
    if (dice.chance(0.2)) {
      world.macros().useInMessage(log.id(), messageId, author.id(), log.now(), dice, world.dumps());
    }
  }

  /** Somebody is assigned and has opened the ticket. */
  private void takeOver() {
    if (log.assignee() == null) {
      Agent taker = world.staff().onDuty(log.now(), dice);
      log.assign(taker, taker.id());
    }
    if (!log.status().equals("open")) {
      log.status("open", log.assignee().id(), "agent");
    }
  }

  private void triage(boolean isFirst) {
    if (isFirst && dice.chance(0.04)) {
      String type = world.demand().otherType(dice);
      if (!type.equals(log.type())) {
        perhapsByMacro(log.type(type, log.assignee()));
      }
    }
    if (dice.chance(0.02)) {
      String priority = "high".equals(log.priority()) ? "urgent" : "high";
      perhapsByMacro(log.priority(priority, log.assignee()));
    }
  }

  private void perhapsByMacro(long eventId) {
    if (dice.chance(0.3)) {
      world
          .macros()
          .useInEvent(log.id(), eventId, log.assignee().id(), log.now(), dice, world.dumps());
    }
  }

  private long responseAt(double median) {
    double urgency =
        switch (log.priority() == null ? "normal" : log.priority()) {
          case "urgent" -> 0.4;
          case "high" -> 0.7;
          case "low" -> 1.5;
          default -> 1;
        };
    double pace = log.assignee() == null ? 1 : log.assignee().pace();
    long wait = dice.seconds(median * urgency * pace, 1);
    // Now and then somebody answers after hours.
    return dice.chance(0.05) ? log.now() + wait : world.days().afterOpenSeconds(log.now(), wait);
  }

  private boolean customerReplies() {
    if (!log.reach(log.now() + dice.seconds(contact.channel().customerMedian, 1.1))) {
      return false;
    }
    customerSays();
    if (log.status().equals("pending") || log.status().equals("hold")) {
      log.status("open", customerId, "customer");
    }
    return true;
  }

  private void customerSays() {
    if (dice.chance(0.001)) {
      log.sayAndDelete(customerId, "customer", customerText(), isGerman);
    } else {
      log.say(customerId, "customer", customerText(), isGerman);
    }
  }

  private Ending solve() {
    if (dice.chance(ABANDONED_SHARE)) {
      return Ending.OPEN;
    }
    double draw = dice.share();
    if (draw < 0.15) {
      // The customer says nothing more, and a rule solves.
      log.status("pending", log.assignee().id(), "agent");
      if (!log.reach(log.now() + 3L * Days.SECONDS)) {
        return Ending.OPEN;
      }
      log.status("solved", Staff.RULES, "bot");
      return Ending.SOLVED;
    }
    if (draw > 0.45 && !log.reach(log.now() + dice.seconds(150, 1.3))) {
      return Ending.OPEN;
    }
    Agent solver = dice.chance(0.05) ? world.staff().onDuty(log.now(), dice) : log.assignee();
    log.status(dice.chance(0.01) ? "closed" : "solved", solver.id(), "agent");
    return Ending.SOLVED;
  }

  /** What comes after a solve: reopenings, a survey, a deletion, the close. */
  private void finish(Ending first) {
    Ending ending = first;
    double reopen = REOPEN_SHARE;
    while (ending == Ending.SOLVED && log.status().equals("solved") && dice.chance(reopen)) {
      ending = reopen();
      reopen = 0.15;
    }
    if (ending == Ending.OPEN) {
      settle();
      return;
    }
    long solvedAt = log.now();
    if (log.status().equals("solved") && dice.chance(0.03)) {
      thank(solvedAt);
    }
    if (dice.chance(DELETED_SHARE)) {
      delete();
    } else if (log.status().equals("solved")
        && dice.chance(0.97)
        && log.reach(solvedAt + UNTIL_CLOSE)) {
      log.status("closed", Staff.RULES, "bot");
    }
    settle();
    if (!isOutbound) {
      Surveys.afterSolve(world, log.id(), customerId, solvedAt, mood, log::assigneeAt, dice);
    }
  }

  private Ending reopen() {
    mood -= 0.8;
    long later = Math.min(dice.seconds(9 * 3_600, 1), UNTIL_CLOSE - 1);
    if (!log.reach(log.now() + later)) {
      return Ending.OPEN;
    }
    log.newSession();
    customerSays();
    log.status("open", customerId, "customer");
    return deskReplies(false, 1) == 0 ? Ending.OPEN : solve();
  }

  private void thank(long solvedAt) {
    if (log.reach(solvedAt + dice.between(30, UNTIL_CLOSE / 2))) {
      log.say(customerId, "customer", isGerman ? "Danke!" : "Thanks a lot!", isGerman);
    }
  }

  private void delete() {
    if (!log.reach(log.now() + dice.between(3_600, 2L * Days.SECONDS))) {
      return;
    }
    String before = log.status();
    long actor = log.assignee() == null ? Staff.RULES : log.assignee().id();
    String actorClass = actor == Staff.RULES ? "bot" : "agent";
    log.status("deleted", actor, actorClass);
    if (dice.chance(0.2) && log.reach(log.now() + dice.between(300, Days.SECONDS))) {
      log.status(before, actor, actorClass);
    }
  }

  /** Nothing more is planned: only that assignees may leave while the dumps last. */
  private void settle() {
    Agent last = null;
    while (log.assignee() != last) {
      last = log.assignee();
      if (last.leaves()) {
        log.reach(last.leftAt() + 1_801);
      }
    }
  }

  private void neglect() {
    if (dice.chance(0.5) || !log.reach(log.now() + dice.seconds(2L * Days.SECONDS, 0.5))) {
      settle();
      return;
    }
    Agent solver = log.assignee() == null ? world.staff().onDuty(log.now(), dice) : log.assignee();
    log.status("solved", solver.id(), "agent");
    finish(Ending.SOLVED);
  }

  /** The customer leaves the chat before a human writes, and a rule ends it. */
  private void giveUp() {
    if (log.reach(log.now() + dice.seconds(150, 0.8))) {
      log.status("solved", Staff.RULES, "bot");
      finish(Ending.SOLVED);
    }
  }

  private void answerByBot() {
    if (!log.reach(log.now() + dice.between(2, 15))) {
      return;
    }
    log.say(Staff.ANSWER_BOT, "bot", deskText(), isGerman);
    while (dice.chance(0.6)) {
      if (!customerReplies() || !log.reach(log.now() + dice.between(2, 15))) {
        return;
      }
      log.say(Staff.ANSWER_BOT, "bot", deskText(), isGerman);
    }
    if (log.reach(log.now() + dice.between(60, 1_800))) {
      log.status("solved", Staff.ANSWER_BOT, "bot");
      finish(Ending.SOLVED);
    }
  }

  private void spam() {
    if (!log.reach(log.now() + dice.seconds(1_800, 1))) {
      return;
    }
    boolean isFound = dice.chance(0.5);
    long finder = isFound ? Staff.RULES : world.staff().onDuty(log.now(), dice).id();
    log.spam(finder, isFound ? "bot" : "agent");
    log.status("closed", finder, isFound ? "bot" : "agent");
  }

  private void merge() {
    if (!log.reach(responseAt(contact.channel().firstResponseMedian))) {
      return;
    }
    takeOver();
    // Sometimes the double becomes the place where a third one ends: merges make chains.
    if (dice.chance(0.1)) {
      remember();
    }
    log.note(log.assignee(), "Merged into " + original.ticketId());
    log.mergeInto(original.ticketId(), log.assignee());
    log.status("closed", log.assignee().id(), "agent");
  }

  private void remember() {
    world.recent().add(new RecentTickets.Seen(log.id(), customerId, log.type()));
  }

  private void mention() {
    if (dice.chance(0.6)) {
      world
          .dumps()
          .line(Entity.SOCIAL_MENTION)
          .id("mention_id", world.ids().next(Entity.SOCIAL_MENTION))
          .text("platform", contact.channel().code())
          .instant("mentioned_at", contact.at())
          .id("ticket_id", log.id());
      world.dumps().deliver(contact.at());
    }
  }

  /** Whoever calls is answered by who then writes, or hangs up and is perhaps called back. */
  private void call() {
    if (isOutbound) {
      answeredCall(log.openerId(), "outbound", contact.at(), dice.between(5, 30));
      return;
    }
    boolean isPatient = pickedUpBy != null && pickedUpAt - contact.at() <= PATIENCE;
    if (isPatient) {
      // The first reply is what the agent notes down in the call.
      long ring = Math.max(3, pickedUpAt - contact.at() - dice.between(0, 20));
      answeredCall(pickedUpBy.id(), "inbound", contact.at(), ring);
      return;
    }
    long lostAt = contact.at() + 2 + dice.seconds(90, 0.8);
    callLine("inbound", contact.at())
        .instant("queued_at", contact.at() + 2)
        .instant("abandoned_at", lostAt)
        .instant("ended_at", lostAt)
        .instant("updated_at", lostAt);
    world.dumps().deliver(lostAt);
    if (pickedUpBy != null) {
      answeredCall(pickedUpBy.id(), "outbound", pickedUpAt, dice.between(5, 30));
    }
  }

  private void answeredCall(long agentId, String direction, long startedAt, long ring) {
    long answeredAt = startedAt + ring;
    long talk = dice.seconds(240, 0.6);
    long hold = dice.chance(0.3) ? dice.between(5, 120) : 0;
    boolean isTransferred = dice.chance(0.1);
    long secondTalk = isTransferred ? dice.seconds(120, 0.5) : 0;
    long endedAt = answeredAt + talk + hold + secondTalk;
    Line line = callLine(direction, startedAt);
    if (direction.equals("inbound")) {
      line.instant("queued_at", startedAt + 2);
    }
    line.instant("answered_at", answeredAt).instant("ended_at", endedAt).beginList("legs");
    leg(line, 1, agentId, talk, hold);
    if (isTransferred) {
      leg(line, 2, world.staff().onDuty(answeredAt, dice).id(), secondTalk, 0);
    }
    line.endList().instant("updated_at", endedAt);
    world.dumps().deliver(endedAt);
  }

  private Line callLine(String direction, long startedAt) {
    return world
        .dumps()
        .line(Entity.CALL)
        .id("call_id", world.ids().next(Entity.CALL))
        .id("ticket_id", log.id())
        .id("customer_id", customerId)
        .text("direction", direction)
        .instant("started_at", startedAt);
  }

  private void leg(Line line, int number, long agentId, long talk, long hold) {
    line.beginItem()
        .text("leg_id", Integer.toString(number))
        .id("agent_id", agentId)
        .number("talk_seconds", talk)
        .number("hold_seconds", hold)
        .number("wrap_up_seconds", dice.between(10, 120))
        .endItem();
  }

  private String customerText() {
    return world.phrases().ofCustomer(isGerman, mood - USUAL_MOOD, dice);
  }

  private String deskText() {
    return world.phrases().ofDesk(isGerman, dice);
  }
}
