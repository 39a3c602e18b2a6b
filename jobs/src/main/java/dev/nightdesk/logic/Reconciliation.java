package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

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

  /** Finds out what a ticket's facts say of each of the vendor's figures. */
  static final class Finder {

    private final TicketFacts facts;
    private final Timeline timeline;
    private final BusinessTime businessTime;
    private final long asOf;

    Finder(TicketFacts facts, Timeline timeline, BusinessTime businessTime, long asOf) {
      this.facts = facts;
      this.timeline = timeline;
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
      return facts.mergedIntoKey() != null
          || timeline.entries().stream()
              .anyMatch(entry -> entry instanceof Message message && message.isFromMergedTicket());
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
      return timeline.entries().stream()
          .filter(
              entry ->
                  entry instanceof Message message
                      && !message.isPublic()
                      && message.authorClass() == AuthorClass.AGENT)
          .count();
    }

    /** Whether the vendor measured up to such a message. */
    private boolean isAnswer(VendorMetric metric, Predicate<Message> kind) {
      for (int i = 0; i < timeline.entries().size(); i++) {
        if (timeline.entries().get(i) instanceof Message message
            && kind.test(message)
            && metric.agreesWith(
                seconds(
                    metric, businessTime.between(timeline.createdAt(), timeline.effectiveAt(i))))) {
          return true;
        }
      }
      return false;
    }

    /** The solves before and after a reopen are the other candidates. */
    private String reasonOfSolve(VendorMetric metric) {
      if (facts.reopenCount() == 0) {
        return null;
      }
      boolean isOtherSolve =
          facts.resolutions().stream()
              .anyMatch(
                  cycle ->
                      metric.agreesWith(
                          seconds(
                              metric,
                              businessTime.between(timeline.createdAt(), cycle.solvedAt()))));
      boolean isOpenForOne =
          metric.metricCode().equals(VendorMetric.RESOLUTION)
              && (metric.value() == null || facts.resolution() == null);
      return isOtherSolve || isOpenForOne ? "reopened" : null;
    }

    private boolean isWithoutHistory(VendorMetric metric) {
      boolean isOfMessages = metric.metricCode().equals(VendorMetric.FIRST_RESPONSE);
      return timeline.entries().stream()
          .noneMatch(
              entry ->
                  isOfMessages
                      ? entry instanceof Message
                      : entry instanceof Change change && change.is(Change.STATUS));
    }
  }

  /** Ours less theirs; null where either has none. */
  public Long difference() {
    return ours == null || theirs.value() == null ? null : (Long) (ours - theirs.value());
  }
}
