package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A figure of ours beside the vendor's own of the same ticket, and why they differ.
 *
 * @param ours seconds, or a count; null: there is none
 * @param reasonCode the first that explains the difference: {@code equal}, {@code rounding}, {@code
 *     newer} (the vendor knew more), {@code merged}, {@code deleted}, {@code opened_by_agent},
 *     {@code bot_reply}, {@code note}, {@code reopened}, {@code schedule} (only business hours
 *     differ), {@code no_history} (no record of ours tells it), {@code unexplained}
 */
public record Reconciliation(VendorMetric theirs, Long ours, String reasonCode) {

  /**
   * What a ticket's facts say of each of the vendor's figures.
   *
   * @param asOf the first instant that is not known any more, in microseconds
   */
  public static List<Reconciliation> of(
      TicketFacts facts, List<VendorMetric> metrics, BusinessTime businessTime, long asOf) {
    return new Finder(facts, businessTime, asOf).of(metrics);
  }

  private static final class Finder {

    private final TicketFacts facts;
    private final BusinessTime businessTime;
    private final long asOf;

    Finder(TicketFacts facts, BusinessTime businessTime, long asOf) {
      this.facts = facts;
      this.businessTime = businessTime;
      this.asOf = asOf;
    }

    List<Reconciliation> of(List<VendorMetric> metrics) {
      Set<String> agreedByCalendar = new HashSet<>();
      for (VendorMetric metric : metrics) {
        if (!metric.isBusiness() && metric.agreesWith(ours(metric))) {
          agreedByCalendar.add(metric.metricCode());
        }
      }
      List<Reconciliation> found = new ArrayList<>();
      for (VendorMetric metric : metrics) {
        Long ours = ours(metric);
        found.add(
            new Reconciliation(
                metric,
                ours,
                reason(metric, ours, agreedByCalendar.contains(metric.metricCode()))));
      }
      return found;
    }

    private Long ours(VendorMetric metric) {
      return switch (metric.metricCode()) {
        case VendorMetric.FIRST_RESPONSE ->
            facts.firstReply() == null ? null : seconds(metric, facts.firstReply().elapsed());
        case VendorMetric.FIRST_RESOLUTION -> seconds(metric, facts.firstResolution());
        case VendorMetric.RESOLUTION -> seconds(metric, facts.resolution());
        case VendorMetric.REQUESTER_WAIT ->
            held(metric, Set.of(Status.NEW, Status.OPEN, Status.HOLD));
        case VendorMetric.AGENT_WAIT -> held(metric, Set.of(Status.PENDING));
        case VendorMetric.ON_HOLD ->
            Objects.requireNonNullElse(held(metric, Set.of(Status.HOLD)), 0L);
        case VendorMetric.REOPEN_COUNT -> facts.reopenCount();
        case VendorMetric.REPLY_COUNT -> facts.outgoingMessageCount();
        default ->
            throw new IllegalArgumentException(
                "Ticket %s has a vendor's figure of the kind %s. Map it to a kind that VendorMetric names, or leave it out."
                    .formatted(facts.header().ticketKey(), metric.metricCode()));
      };
    }

    private static Long seconds(VendorMetric metric, Elapsed elapsed) {
      if (elapsed == null) {
        return null;
      }
      return metric.isBusiness() ? elapsed.businessSeconds() : elapsed.seconds();
    }

    /**
     * The time in some statuses that has ended, because vendors add it up when a status changes;
     * null if none has.
     */
    private Long held(VendorMetric metric, Set<Status> statuses) {
      Long seconds = null;
      for (StatusInterval interval : facts.statuses()) {
        if (statuses.contains(interval.status()) && interval.endedAt() != null) {
          seconds =
              Objects.requireNonNullElse(seconds, 0L)
                  + seconds(metric, businessTime.between(interval.startedAt(), interval.endedAt()));
        }
      }
      return seconds;
    }

    private String reason(VendorMetric metric, Long ours, boolean isAgreedByCalendar) {
      if (Objects.equals(ours, metric.value())) {
        return "equal";
      }
      if (metric.agreesWith(ours)) {
        return "rounding";
      }
      if (metric.versionAt() >= asOf) {
        return "newer";
      }
      if (isMerged()) {
        return "merged";
      }
      if (facts.isDeleted()) {
        return "deleted";
      }
      String own =
          switch (metric.metricCode()) {
            case VendorMetric.FIRST_RESPONSE, VendorMetric.REPLY_COUNT ->
                reasonOfReply(metric, ours);
            case VendorMetric.FIRST_RESOLUTION, VendorMetric.RESOLUTION -> reasonOfSolve(metric);
            default -> null;
          };
      if (own != null) {
        return own;
      }
      if (metric.isBusiness() && isAgreedByCalendar) {
        return "schedule";
      }
      return ours == null && isWithoutHistory(metric) ? "no_history" : "unexplained";
    }

    private boolean isMerged() {
      return facts.mergedIntoKey() != null || messages().anyMatch(Message::isFromMergedTicket);
    }

    private Stream<Message> messages() {
      return facts.messages().stream().map(SentMessage::message);
    }

    private String reasonOfReply(VendorMetric metric, Long ours) {
      if (facts.isOutbound()) {
        return "opened_by_agent";
      }
      boolean isCount = metric.metricCode().equals(VendorMetric.REPLY_COUNT);
      if (isCount
          ? metric.agreesWith(ours + facts.botMessageCount())
          : isAnswer(metric, message -> message.isPublicBy(AuthorClass.BOT))) {
        return "bot_reply";
      }
      if (isCount
          ? metric.agreesWith(ours + noteCount())
          : isAnswer(
              metric,
              message -> !message.isPublic() && message.authorClass() != AuthorClass.CUSTOMER)) {
        return "note";
      }
      return null;
    }

    private long noteCount() {
      return messages()
          .filter(message -> !message.isPublic() && message.authorClass() == AuthorClass.AGENT)
          .count();
    }

    /** Whether the vendor measured up to such a message. */
    private boolean isAnswer(VendorMetric metric, Predicate<Message> kind) {
      return messages().filter(kind).anyMatch(message -> isMeasuredTo(metric, message.at()));
    }

    private boolean isMeasuredTo(VendorMetric metric, long at) {
      return metric.agreesWith(
          seconds(
              metric, businessTime.between(facts.createdAt(), Math.max(facts.createdAt(), at))));
    }

    /** The solves before and after a reopen are the other candidates. */
    private String reasonOfSolve(VendorMetric metric) {
      if (facts.reopenCount() == 0) {
        return null;
      }
      boolean isOtherSolve =
          facts.resolutions().stream().anyMatch(cycle -> isMeasuredTo(metric, cycle.solvedAt()));
      boolean isOpenForOne =
          metric.metricCode().equals(VendorMetric.RESOLUTION)
              && (metric.value() == null || facts.resolution() == null);
      return isOtherSolve || isOpenForOne ? "reopened" : null;
    }

    private boolean isWithoutHistory(VendorMetric metric) {
      return metric.metricCode().equals(VendorMetric.FIRST_RESPONSE)
          ? facts.messages().isEmpty()
          : facts.statuses().size() == 1;
    }
  }

  /** Ours less theirs; null where either has none. */
  public Long difference() {
    return ours == null || theirs.value() == null ? null : (Long) (ours - theirs.value());
  }
}
