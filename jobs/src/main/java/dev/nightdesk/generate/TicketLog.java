package dev.nightdesk.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of one ticket, and the records of everything that changes it, in order of time.
 *
 * <p>Time only moves forward: {@link #reach} first lets happen what happens until then (the
 * assignee leaves the company) and tells whether the dumps still cover that instant. A version of
 * the ticket is delivered for every local day on which something happened.
 */
final class TicketLog {

  private final World world;
  private final Dice dice;
  private final long id;
  private final long customerId;
  private final Channel channel;
  private final long createdAt;
  private final boolean namesClasses;
  private final boolean isReassignedForLeavers;
  private final List<Assignment> assignments = new ArrayList<>(2);

  private long openerId;
  private String direction;
  private String type;
  private String priority;
  private String status = "new";
  private Agent assignee;
  private long mergedInto;
  private boolean isSpam;
  private boolean isDeleted;

  private long now;
  private int sequence;
  private long chatSession;
  private int versionDay = -1;
  private long versionAt;
  private boolean isOver;

  TicketLog(World world, Dice dice, long id, long customerId, Demand.Contact contact) {
    this.world = world;
    this.dice = dice;
    this.id = id;
    this.customerId = customerId;
    this.channel = contact.channel();
    this.createdAt = contact.at();
    this.type = contact.type();
    this.openerId = customerId;
    this.now = contact.at();
    this.chatSession = channel == Channel.CHAT ? id * 10 : 0;
    // Chat systems say who wrote; the others leave it to the history of roles.
    this.namesClasses = channel == Channel.CHAT || channel == Channel.WHATSAPP;
    this.isReassignedForLeavers = dice.chance(0.5);
    double draw = dice.share();
    this.priority =
        draw < 0.05
            ? null
            : draw < 0.16 ? "low" : draw < 0.75 ? "normal" : draw < 0.94 ? "high" : "urgent";
  }

  private record Assignment(long at, Agent agent) {}

  long id() {
    return id;
  }

  long now() {
    return now;
  }

  /** The customer, or the agent who opened the ticket. */
  long openerId() {
    return openerId;
  }

  Agent assignee() {
    return assignee;
  }

  String status() {
    return status;
  }

  String priority() {
    return priority;
  }

  String type() {
    return type;
  }

  boolean isResolved() {
    return status.equals("solved") || status.equals("closed");
  }

  /** The assignee at an instant; null for nobody. */
  Agent assigneeAt(long at) {
    Agent found = null;
    for (Assignment assignment : assignments) {
      if (assignment.at() <= at) {
        found = assignment.agent();
      }
    }
    return found;
  }

  /** Says before the first entry that an agent opened the ticket. */
  void openedBy(Agent agent) {
    openerId = agent.id();
    direction = dice.chance(0.5) ? "outbound" : null;
  }

  /**
   * Moves on to an instant, or stays where it is if that is past.
   *
   * @return false if the dumps end before: then nothing more can be told
   */
  boolean reach(long at) {
    long target = Math.max(now, at);
    while (!isOver && assignee != null && assignee.leftAt() <= target) {
      if (isResolved() && !isReassignedForLeavers) {
        break;
      }
      long moved = Math.max(now, assignee.leftAt() + dice.between(0, 1_800));
      if (!enter(Math.min(target, moved))) {
        return false;
      }
      assign(world.staff().onDuty(now, dice), Staff.RULES);
    }
    return enter(target);
  }

  private boolean enter(long at) {
    if (isOver || at >= world.days().end()) {
      isOver = true;
      return false;
    }
    now = at;
    return true;
  }

  /** A new chat session begins. */
  void newSession() {
    if (chatSession > 0) {
      chatSession++;
    }
  }

  /** A public message; gives its id. The author is an agent, the customer, the bot, or 0. */
  long say(long author, String authorClass, String body, boolean isGerman) {
    long messageId = message(author, authorClass, body, isGerman);
    world.dumps().deliver(now);
    return messageId;
  }

  /** A public message that its author deletes soon after. */
  void sayAndDelete(long author, String authorClass, String body, boolean isGerman) {
    long messageId = say(author, authorClass, body, isGerman);
    long deletedAt = now + dice.between(60, 6 * 3_600);
    messageLine(messageId, sequence, author, authorClass)
        .flag("is_deleted", true)
        .instant("updated_at", deletedAt);
    world.dumps().deliver(deletedAt);
  }

  /** A public message that never reaches the customer. */
  void failToSay(Agent author, String body, boolean isGerman) {
    message(author.id(), "agent", body, isGerman);
    world.dumps().openLine().flag("is_failed", true);
    world.dumps().deliver(now);
  }

  /** An internal note. */
  void note(Agent author, String body) {
    message(author.id(), "agent", body, false);
    world.dumps().openLine().no("is_public");
    world.dumps().deliver(now);
  }

  private long message(long author, String authorClass, String body, boolean isGerman) {
    touch();
    long messageId = world.ids().next(Entity.MESSAGE);
    Line line = messageLine(messageId, ++sequence, author, authorClass);
    // Some help desks do not tell the language, some have an opinion on the mood.
    if (!dice.chance(0.03)) {
      line.text("language", isGerman ? "de" : "en");
    }
    if (namesClasses && authorClass.equals("customer") && dice.chance(0.05)) {
      line.hundredths("sentiment_score", dice.between(-100, 100));
    }
    line.text("body", body);
    return messageId;
  }

  private Line messageLine(long messageId, int position, long author, String authorClass) {
    return world
        .dumps()
        .line(Entity.MESSAGE)
        .id("message_id", messageId)
        .id("ticket_id", id)
        .instant("sent_at", now)
        .number("sequence", position)
        .optionalId("author_id", author)
        .text("author_class", namesClasses && author != 0 ? authorClass : null)
        .optionalId("chat_session_id", chatSession);
  }

  void status(String to, long actor, String actorClass) {
    event("status", status, to, actor, actorClass);
    isDeleted = to.equals("deleted");
    status = to;
  }

  void assign(Agent agent, long actor) {
    String previous = assignee == null ? null : Long.toString(assignee.id());
    String actorClass = actor == Staff.RULES ? "bot" : "agent";
    event("assignee", previous, Long.toString(agent.id()), actor, actorClass);
    assignee = agent;
    assignments.add(new Assignment(now, agent));
  }

  /** Gives the id of the event. */
  long priority(String to, Agent actor) {
    long eventId = event("priority", priority, to, actor.id(), "agent");
    priority = to;
    return eventId;
  }

  /** Gives the id of the event. */
  long type(String to, Agent actor) {
    long eventId = event("type", type, to, actor.id(), "agent");
    type = to;
    return eventId;
  }

  void spam(long actor, String actorClass) {
    event("spam", null, "true", actor, actorClass);
    isSpam = true;
  }

  void mergeInto(long survivor, Agent actor) {
    event("merge", null, Long.toString(survivor), actor.id(), "agent");
    mergedInto = survivor;
  }

  private long event(String what, String from, String to, long actor, String actorClass) {
    touch();
    long eventId = world.ids().next(Entity.TICKET_EVENT);
    world
        .dumps()
        .line(Entity.TICKET_EVENT)
        .id("event_id", eventId)
        .id("ticket_id", id)
        .instant("occurred_at", now)
        .number("sequence", ++sequence)
        .text("event_type", what)
        .text("previous_value", from)
        .text("new_value", to)
        .optionalId("actor_id", actor)
        .text("actor_class", namesClasses ? actorClass : null);
    world.dumps().deliver(now);
    return eventId;
  }

  /** The first entry of another day seals the version of the day before. */
  private void touch() {
    int day = world.days().of(now);
    if (versionDay >= 0 && versionDay != day) {
      deliverVersion();
    }
    versionDay = day;
    versionAt = now;
  }

  /** Delivers the last version. */
  void end() {
    if (versionDay >= 0) {
      deliverVersion();
    }
  }

  private void deliverVersion() {
    world
        .dumps()
        .line(Entity.TICKET)
        .id("ticket_id", id)
        .instant("created_at", createdAt)
        .instant("updated_at", versionAt)
        .id("requester_id", customerId)
        .optionalId("opened_by_id", openerId == customerId ? 0 : openerId)
        .text("direction", direction)
        .text("type", type)
        .text("channel", channel.code())
        .text("priority", priority)
        .text("brand", id % 5 == 0 ? "outlet" : "main")
        .text("team", assignee == null ? null : assignee.team())
        .optionalId("schedule_id", channel.isSocial() ? HouseRules.SOCIAL : 0)
        .optionalId("merged_into_id", mergedInto)
        .flag("is_spam", isSpam)
        .flag("is_deleted", isDeleted);
    world.dumps().deliver(versionAt);
  }
}
