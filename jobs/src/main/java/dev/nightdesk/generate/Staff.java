package dev.nightdesk.generate;

import java.util.ArrayList;
import java.util.List;

/** Who works when: about 25 tickets a head and day, three in ten replaced within a year. */
final class Staff {

  /** The bot that talks to customers. */
  static final long ANSWER_BOT = 100_001;

  /** The rules of the help desk, which never talk. */
  static final long RULES = 100_002;

  private static final long FIRST_AGENT = 100_101;
  private static final int TICKETS_PER_HEAD = 25;
  private static final double YEARLY_TURNOVER = 0.3;
  private static final int FAR = Integer.MAX_VALUE;

  private static final List<String> TEAMS = List.of("care", "care", "billing", "logistics", "tech");
  private static final List<String> FIRST_NAMES =
      List.of(
          "Anna", "Ben", "Clara", "David", "Elif", "Felix", "Greta", "Hannes", "Ines", "Jonas",
          "Katrin", "Lukas", "Mia", "Nils", "Olga", "Paul", "Rosa", "Samir", "Tina", "Yusuf");
  private static final List<String> LAST_NAMES =
      List.of(
          "Adler", "Baum", "Conrad", "Dietz", "Ernst", "Frank", "Graf", "Heller", "Ivanov", "Jung",
          "Keller", "Lorenz", "Maier", "Novak", "Otto", "Peters", "Roth", "Sommer", "Toth",
          "Weiss");

  private final Days days;
  private final long seed;
  private final List<Agent> agents = new ArrayList<>();
  private final Agent[][] onDuty;
  private long shiftId = 800_000;

  Staff(GeneratorOptions options, Days days) {
    this.days = days;
    this.seed = options.seed();
    hire(Math.max(5, (int) (options.tickets() / days.count() / TICKETS_PER_HEAD)));
    this.onDuty = new Agent[days.count()][];
    for (int day = 0; day < days.count(); day++) {
      int today = day;
      onDuty[day] =
          agents.stream()
              .filter(agent -> agent.firstDay() <= today && today < agent.lastDay())
              .toArray(Agent[]::new);
    }
  }

  /** Fills every seat for the whole time: a leaver is followed by a joiner after some days. */
  private void hire(int seats) {
    Dice dice = Dice.of(seed, Dice.Subject.STAFF, 0);
    for (int seat = 0; seat < seats; seat++) {
      int day = 0;
      while (day < days.count()) {
        int stay = stay(seat, day, dice);
        boolean isLeaving = stay < days.count() - day;
        int lastDay = isLeaving ? day + stay : FAR;
        long leftAt = isLeaving ? days.localHour(lastDay, 17) : Long.MAX_VALUE;
        int number = agents.size();
        agents.add(
            new Agent(
                FIRST_AGENT + number,
                FIRST_NAMES.get(number % 20) + " " + LAST_NAMES.get((number / 20 + number) % 20),
                dice.pick(TEAMS),
                day,
                lastDay,
                leftAt,
                dice.logNormal(1, 0.25),
                0.35 * dice.gaussian()));
        day = isLeaving ? lastDay + (int) dice.between(3, 25) : days.count();
      }
    }
  }

  /** Days until the agent leaves. The third seat always changes once, however short the time. */
  private int stay(int seat, int day, Dice dice) {
    double stay = -StrictMath.log(1 - dice.share()) * 365 / YEARLY_TURNOVER;
    if (seat == 0) {
      return FAR;
    }
    if (seat == 2 && day == 0 && days.count() >= 5) {
      return days.count() * 3 / 5;
    }
    return (int) Math.min(FAR, Math.max(2, stay));
  }

  List<Agent> agents() {
    return agents;
  }

  /** Somebody who takes tickets at that instant; some take more than others. */
  Agent onDuty(long at, Dice dice) {
    Agent[] present = onDuty[Math.min(days.of(at), days.count() - 1)];
    double share = dice.share();
    return present[(int) (share * Math.sqrt(share) * present.length)];
  }

  /** Delivers who is new, changed or gone today, and everybody on the first day. */
  void deliverAgents(int day, DumpWriter dumps) {
    if (day == 0) {
      bot(ANSWER_BOT, "Answer bot", dumps);
      bot(RULES, "Automation rules", dumps);
    }
    for (Agent agent : agents) {
      if (agent.firstDay() == day) {
        long known = days.start(day) - (day == 0 ? Days.SECONDS : -6 * 3_600);
        deliver(agent, known, 0, dumps);
      }
      if (agent.lastDay() == day) {
        deliver(agent, agent.leftAt(), agent.leftAt(), dumps);
      }
    }
  }

  private void bot(long id, String name, DumpWriter dumps) {
    dumps
        .line(Entity.AGENT)
        .id("agent_id", id)
        .text("name", name)
        .text("role", "bot")
        .instant("updated_at", days.start(0) - Days.SECONDS);
    dumps.deliverToday();
  }

  private void deliver(Agent agent, long updatedAt, long leftAt, DumpWriter dumps) {
    Line line =
        dumps
            .line(Entity.AGENT)
            .id("agent_id", agent.id())
            .text("name", agent.name())
            .text("team", agent.team());
    if (agent.firstDay() > 0 && agent.id() % 4 == 0) {
      // Some joiners were customers before: the role at the time of an entry decides.
      line.beginList("roles").beginItem().text("role", "customer").endItem().beginItem();
      line.text("role", "agent").instant("valid_from", days.start(agent.firstDay()));
      line.endItem().endList();
    } else {
      line.text("role", "agent");
    }
    line.optionalInstant("left_at", leftAt).instant("updated_at", updatedAt);
    dumps.deliverToday();
  }

  /** Delivers today's planned shifts, and the presence measured in them. */
  void deliverShifts(int day, DumpWriter dumps) {
    if (!days.isOpen(day)) {
      return;
    }
    Dice dice = Dice.of(seed, Dice.Subject.SHIFT, day);
    boolean isShortDay = days.weekday(day) == java.time.DayOfWeek.SATURDAY;
    for (Agent agent : onDuty[day]) {
      if (dice.chance(isShortDay ? 0.6 : 0.06)) {
        continue;
      }
      long from = days.localHour(day, isShortDay || dice.chance(0.4) ? 10 : 8);
      long to = from + (isShortDay ? 4 * 3_600 : 8 * 3_600 + 1_800);
      long arrived = from + dice.between(-300, 900);
      if (dice.chance(0.04)) {
        // The night line: from eight in the evening until after midnight, and nobody measures it.
        long evening = days.localHour(day, 20);
        shift(agent, "shift", evening, evening + 6 * 3_600, from, dumps);
        dumps.deliverToday();
        continue;
      }
      long left = to + dice.between(-900, 1_800);
      long pause = arrived + (left - arrived) / 2 + dice.between(-1_800, 1_800);
      // Some are on no plan; one plan in a hundred is withdrawn.
      if (!dice.chance(0.1)) {
        shift(agent, "shift", from, to, from, dumps).flag("is_deleted", dice.chance(0.01));
        dumps.deliverToday();
      }
      shift(agent, "presence", arrived, pause, pause, dumps);
      dumps.deliverToday();
      // Now and then somebody forgets to leave.
      long signedOff = dice.chance(0.01) ? 0 : left;
      shift(agent, "presence", pause + dice.between(900, 2_700), signedOff, left, dumps);
      dumps.deliverToday();
    }
  }

  /** A shift that is not delivered yet; it ends at 0 if nobody knows when. */
  private Line shift(
      Agent agent, String kind, long from, long to, long updatedAt, DumpWriter dumps) {
    return dumps
        .line(Entity.AGENT_SHIFT)
        .id("shift_id", ++shiftId)
        .id("agent_id", agent.id())
        .text("kind", kind)
        .instant("started_at", from)
        .optionalInstant("ended_at", to)
        .instant("updated_at", updatedAt);
  }
}
