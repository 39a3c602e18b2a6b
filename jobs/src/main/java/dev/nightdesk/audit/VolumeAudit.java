package dev.nightdesk.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Holds the numbers of records of tonight's dumps against those of the dumps before. */
public final class VolumeAudit {

  private final Limits limits;
  private final Predicate<String> isPromised;

  /**
   * When a dump is odd.
   *
   * @param nights how many dumps before it, of those with records, it is compared with
   * @param minRecords a median below it tells nothing: only emptiness does
   * @param drop the largest share of the median that may be missing, 0 to 1
   * @param rise the largest share of the median that may be too much; 1 is twice the median
   */
  public record Limits(int nights, long minRecords, double drop, double rise) {

    public Limits {
      if (nights < 1 || minRecords < 0 || drop < 0 || drop > 1 || rise < 0) {
        throw new IllegalArgumentException(
            "volume-limits has nights %d, min-records %d, drop %s and rise %s. Give at least one night, a drop from 0 to 1, and no negative number."
                .formatted(nights, minRecords, drop, rise));
      }
    }
  }

  /**
   * The records of one entity of a source and date.
   *
   * @param feed source and entity, {@code source/entity}
   * @param date the logical date of the dump
   * @param records records in all its files, refused ones included
   * @param isNew whether a file of it came tonight
   */
  public record Volume(String feed, LocalDate date, long records, boolean isNew) {}

  /**
   * @param isPromised whether a feed must have a dump on every date: an optional one may be empty
   *     as well as missing
   */
  public VolumeAudit(Limits limits, Predicate<String> isPromised) {
    this.limits = limits;
    this.isPromised = isPromised;
  }

  /** A result per rule and feed, or one per date that breaks the rule. */
  public List<AuditResult> results(List<Volume> volumes) {
    Map<String, List<Volume>> byFeed = new LinkedHashMap<>();
    volumes.stream()
        .sorted(Comparator.comparing(Volume::feed).thenComparing(Volume::date))
        .forEach(
            volume -> byFeed.computeIfAbsent(volume.feed(), feed -> new ArrayList<>()).add(volume));
    List<AuditResult> results = new ArrayList<>();
    byFeed.forEach(
        (feed, ofFeed) -> {
          if (ofFeed.stream().anyMatch(Volume::isNew)) {
            results.addAll(ofFeed(feed, ofFeed));
          }
        });
    return results;
  }

  private List<AuditResult> ofFeed(String feed, List<Volume> volumes) {
    Map<Rule, List<AuditResult>> failed = new LinkedHashMap<>();
    List.of(Rule.VOLUME_EMPTY, Rule.VOLUME_DROP, Rule.VOLUME_RISE)
        .forEach(rule -> failed.put(rule, new ArrayList<>()));
    long judged = 0;
    for (int i = 0; i < volumes.size(); i++) {
      if (volumes.get(i).isNew()) {
        judged++;
        AuditResult failure = failure(volumes.get(i), volumes.subList(0, i));
        if (failure != null) {
          failed.get(failure.rule()).add(failure);
        }
      }
    }
    List<AuditResult> results = new ArrayList<>();
    for (Map.Entry<Rule, List<AuditResult>> rule : failed.entrySet()) {
      if (rule.getValue().isEmpty()) {
        results.add(AuditResult.passed(rule.getKey(), feed, "no odd dump", "none of " + judged));
      }
      results.addAll(rule.getValue());
    }
    return results;
  }

  /** Null if the dump is as the others. */
  private AuditResult failure(Volume volume, List<Volume> before) {
    if (before.isEmpty()) {
      return null;
    }
    long last = before.get(before.size() - 1).records();
    if (volume.records() == 0 && last > 0 && isPromised.test(volume.feed())) {
      return failed(
          Rule.VOLUME_EMPTY,
          volume,
          "records, as the %d of %s".formatted(last, before.get(before.size() - 1).date()));
    }
    List<Long> counts =
        before.stream().map(Volume::records).filter(records -> records > 0).toList();
    counts = counts.subList(Math.max(0, counts.size() - limits.nights()), counts.size());
    if (counts.isEmpty()) {
      return null;
    }
    double median = median(counts);
    if (median < limits.minRecords()) {
      return null;
    }
    double least = median * (1 - limits.drop());
    double most = median * (1 + limits.rise());
    if (volume.records() < least && (volume.records() > 0 || isPromised.test(volume.feed()))) {
      return failed(Rule.VOLUME_DROP, volume, "at least %.0f".formatted(Math.ceil(least)));
    }
    return volume.records() > most
        ? failed(Rule.VOLUME_RISE, volume, "at most %.0f".formatted(Math.floor(most)))
        : null;
  }

  private static AuditResult failed(Rule rule, Volume volume, String expected) {
    return AuditResult.failed(
        rule, volume.feed(), volume.date().toString(), expected, volume.records() + " records");
  }

  /** The middle one; of an even number the mean of the middle two. */
  private static double median(List<Long> counts) {
    List<Long> sorted = counts.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }
}
