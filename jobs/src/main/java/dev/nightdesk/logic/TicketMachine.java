package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the records of a ticket once, in order, and says all that the fact tables hold of it. */
public final class TicketMachine {

  private static final String PHONE = "phone";

  private final AuthorRoles roles;
  private final long asOf;

  /**
   * A machine for one night.
   *
   * @param roles who was what, when
   * @param asOf the first instant that is not known any more, in microseconds
   */
  public TicketMachine(AuthorRoles roles, long asOf) {
    this.roles = roles;
    this.asOf = asOf;
  }

  /**
   * The facts of a ticket.
   *
   * @param policies the SLA policies of its source
   * @param businessTime the open hours of its schedule
   */
  public TicketFacts read(TicketRecords records, SlaPolicies policies, BusinessTime businessTime) {
    TicketHeader ticket = records.header();
    long createdAt = createdAt(records);
    boolean isOutbound = isOutbound(ticket, createdAt);
    boolean isKnown = createdAt < asOf;
    List<Entry> entries =
        isKnown
            ? withStated(
                ticket, entries(records, isOutbound).filter(entry -> entry.at() < asOf).toList())
            : List.of();

    Timeline timeline = new Timeline(ticket, createdAt, isOutbound, entries);
    List<StatusInterval> statuses = StatusIntervals.of(timeline);
    List<SolveCycle> cycles = SolveCycles.of(statuses, businessTime);
    List<WaitEpisode> episodes = WaitEpisodes.of(timeline, cycles, businessTime);
    String firstPriority = firstPriority(records);
    boolean[] exchangeStarts = Exchanges.starts(timeline.entries());

    Status status = statuses.get(statuses.size() - 1).status();
    SolveCycle firstSolve = cycles.isEmpty() ? null : cycles.get(0);
    SolveCycle lastSolve = status.isResolved() ? cycles.get(cycles.size() - 1) : null;
    FirstReply firstReply = isOutbound ? null : firstReply(timeline, businessTime);
    String mergedIntoKey = mergedIntoKey(timeline);
    boolean isSpam = isSpam(timeline);
    boolean isDeleted = isDeleted(timeline);
    boolean isCounted =
        isKnown && !isSpam && !isDeleted && !ticket.isSample() && mergedIntoKey == null;
    return new TicketFacts(
        ticket,
        isOutbound,
        isCounted,
        isSpam,
        isDeleted,
        mergedIntoKey,
        priority(timeline, firstPriority),
        status,
        createdAt,
        createdAgent(timeline),
        timeline.assigneeAfter(timeline.entries().size() - 1),
        firstReply,
        firstSolve,
        firstSolve == null ? null : businessTime.between(createdAt, firstSolve.solvedAt()),
        lastSolve,
        lastSolve == null ? null : businessTime.between(createdAt, lastSolve.solvedAt()),
        cycles.size(),
        cycles.stream().filter(cycle -> cycle.reopenedAt() != null).count(),
        touchCount(timeline, exchangeStarts, lastSolve),
        replyingAgentCount(timeline),
        publicMessages(timeline, AuthorClass.CUSTOMER),
        publicMessages(timeline, AuthorClass.AGENT),
        publicMessages(timeline, AuthorClass.BOT),
        ChatRequest.of(timeline, cycles, roles),
        deferredFromAt(records, createdAt),
        isKnown ? statuses : List.of(),
        cycles,
        episodes,
        isKnown
            ? new VendorSla(timeline, businessTime)
                .replace(
                    SlaClock.of(timeline, cycles, episodes, policies, businessTime, firstPriority),
                    records.slaEvents().stream().filter(event -> event.at() < asOf).toList())
            : List.of(),
        isKnown ? BacklogChanges.of(timeline, statuses, episodes) : List.of(),
        sentMessages(timeline, exchangeStarts),
        isKnown ? ratedSurveys(timeline, records.surveys()) : List.of(),
        records.calls().stream().filter(call -> call.startedAt() < asOf).toList(),
        isKnown ? MacroUse.distinctBefore(records.macroUses(), asOf) : List.of());
  }

  /** All that happened: messages, changes and, in inbound phone tickets, answers to calls. */
  private static Stream<Entry> entries(TicketRecords records, boolean isOutbound) {
    boolean isPhone = !isOutbound && records.header().channelCode().equals(PHONE);
    Stream<Entry> answers =
        isPhone
            ? records.calls().stream()
                .map(Call::answer)
                .filter(Objects::nonNull)
                .<Entry>map(call -> call)
            : Stream.empty();
    return Stream.<Stream<? extends Entry>>of(
            records.messages().stream(), records.changes().stream(), answers)
        .flatMap(stream -> stream);
  }

  private static Long touchCount(
      Timeline timeline, boolean[] exchangeStarts, SolveCycle lastSolve) {
    if (lastSolve == null) {
      return null;
    }
    TicketHeader ticket = timeline.ticket();
    return ticket.hasFirstReplyOnly()
        ? ticket.replyCount()
        : (Long) Exchanges.humanExchanges(timeline, exchangeStarts, lastSolve.solvePosition());
  }

  private List<Entry> withStated(TicketHeader ticket, List<Entry> known) {
    StatedState stated = ticket.stated();
    if (stated == null || stated.at() >= asOf) {
      return known;
    }
    List<Entry> all = new ArrayList<>(known);
    all.addAll(stated.changes(known));
    return all;
  }

  private static long createdAt(TicketRecords records) {
    if (records.header().createdAt() != null) {
      return records.header().createdAt();
    }
    return Stream.<Entry>concat(
            records.messages().stream().filter(message -> !message.isFromMergedTicket()),
            records.changes().stream())
        .mapToLong(Entry::at)
        .min()
        .orElse(records.header().versionAt());
  }

  private boolean isOutbound(TicketHeader ticket, long createdAt) {
    if (ticket.directionCode() != null) {
      return ticket.directionCode().equals("outbound");
    }
    return roles.classOf(null, ticket.openerKey(), createdAt) == AuthorClass.AGENT;
  }

  /**
   * What the first change of priority replaced; a ticket without such a change always had its
   * priority.
   */
  private static String firstPriority(TicketRecords records) {
    return records.changes().stream()
        .filter(change -> change.is(Change.PRIORITY))
        .min(Entry.ORDER)
        .map(change -> new String[] {change.previousValue()})
        .orElse(new String[] {records.header().priorityCode()})[0];
  }

  private static String priority(Timeline timeline, String firstPriority) {
    Change last = last(timeline, change -> change.is(Change.PRIORITY));
    return last == null ? firstPriority : last.newValue();
  }

  private static String mergedIntoKey(Timeline timeline) {
    if (timeline.ticket().mergedIntoKey() != null) {
      return timeline.ticket().mergedIntoKey();
    }
    Change last = last(timeline, change -> change.is(Change.MERGE));
    return last == null ? null : last.newValue();
  }

  private static boolean isSpam(Timeline timeline) {
    Change last = last(timeline, change -> change.is(Change.SPAM));
    return timeline.ticket().isSpam() || last != null && "true".equals(last.newValue());
  }

  private static boolean isDeleted(Timeline timeline) {
    Change last = last(timeline, change -> change.is(Change.STATUS));
    return timeline.ticket().isDeleted() || last != null && Change.DELETED.equals(last.newValue());
  }

  private static Change last(Timeline timeline, Predicate<Change> predicate) {
    for (int i = timeline.entries().size() - 1; i >= 0; i--) {
      if (timeline.entries().get(i) instanceof Change change && predicate.test(change)) {
        return change;
      }
    }
    return null;
  }

  private static String createdAgent(Timeline timeline) {
    return timeline.isOutbound() && timeline.ticket().openerKey() != null
        ? timeline.ticket().openerKey()
        : timeline.firstAssignee();
  }

  private static FirstReply firstReply(Timeline timeline, BusinessTime businessTime) {
    for (int i = 0; i < timeline.entries().size(); i++) {
      if (timeline.isHumanAnswer(i)) {
        Entry entry = timeline.entries().get(i);
        long at = timeline.effectiveAt(i);
        return new FirstReply(
            at,
            Timeline.orUnassigned(agentOf(entry)),
            entry instanceof AnsweredCall call
                ? businessTime.between(call.waitedFrom(), call.at())
                : businessTime.between(timeline.createdAt(), at));
      }
    }
    return null;
  }

  /** Who wrote a message or answered a call; null: unknown. */
  private static String agentOf(Entry entry) {
    return entry instanceof AnsweredCall call ? call.agentKey() : ((Message) entry).authorKey();
  }

  private static long replyingAgentCount(Timeline timeline) {
    Set<String> agents = new HashSet<>();
    for (int i = 0; i < timeline.entries().size(); i++) {
      Entry entry = timeline.entries().get(i);
      if (timeline.isAgentContribution(i) || entry instanceof AnsweredCall) {
        agents.add(agentOf(entry));
      }
    }
    return agents.size();
  }

  private static long publicMessages(Timeline timeline, AuthorClass author) {
    return timeline.entries().stream()
        .filter(entry -> entry instanceof Message message && message.isPublicBy(author))
        .count();
  }

  private Long deferredFromAt(TicketRecords records, long createdAt) {
    Stream<Long> instants =
        Stream.of(
                records.messages().stream().map(Message::at),
                records.changes().stream().map(Change::at),
                records.surveys().stream()
                    .flatMap(survey -> Stream.of(survey.sentAt(), survey.answeredAt())),
                records.calls().stream()
                    .flatMap(
                        call ->
                            Stream.of(
                                call.startedAt(),
                                call.queuedAt(),
                                call.answeredAt(),
                                call.abandonedAt(),
                                call.endedAt())),
                records.macroUses().stream().map(MacroUse::usedAt),
                Stream.ofNullable(records.header().stated()).map(StatedState::at),
                records.slaEvents().stream().map(SlaEvent::at),
                Stream.of(createdAt))
            .flatMap(stream -> stream);
    return instants.filter(at -> at != null && at >= asOf).min(Long::compare).orElse(null);
  }

  private static List<SentMessage> sentMessages(Timeline timeline, boolean[] exchangeStarts) {
    List<SentMessage> messages = new ArrayList<>();
    for (int i = 0; i < timeline.entries().size(); i++) {
      if (timeline.entries().get(i) instanceof Message message) {
        String agentKey =
            switch (message.authorClass()) {
              case AGENT -> Timeline.orUnassigned(message.authorKey());
              case CUSTOMER -> timeline.assigneeAfter(i);
              case BOT, UNKNOWN -> Timeline.UNASSIGNED;
            };
        messages.add(new SentMessage(message, agentKey, exchangeStarts[i]));
      }
    }
    return messages;
  }

  private List<RatedSurvey> ratedSurveys(Timeline timeline, List<Survey> surveys) {
    List<RatedSurvey> rated = new ArrayList<>();
    for (Survey survey : surveys) {
      Survey known = survey.before(asOf);
      if (known != null) {
        String sentAgentKey =
            known.sentAt() == null ? Timeline.UNASSIGNED : timeline.assigneeAt(known.sentAt());
        String ratedAgentKey =
            known.answeredAt() == null
                ? Timeline.UNASSIGNED
                : timeline.assigneeAt(known.answeredAt());
        boolean isCredited = known.answeredAt() != null && known.agentKey() != null;
        rated.add(
            new RatedSurvey(known, sentAgentKey, isCredited ? known.agentKey() : ratedAgentKey));
      }
    }
    return rated;
  }
}
