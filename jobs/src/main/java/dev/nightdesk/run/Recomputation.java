package dev.nightdesk.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a night must make anew, for all history, because it is defined otherwise than in the
 * publication that the night stands on.
 *
 * @param restaged feeds ({@code source/entity}) whose files are read again
 * @param areFactsWhole whether every dim and fact is computed whole
 * @param areKpisWhole whether every KPI table is computed whole
 * @param reasons why, in words; empty if nothing was defined otherwise
 */
record Recomputation(
    Set<String> restaged, boolean areFactsWhole, boolean areKpisWhole, List<String> reasons) {

  Recomputation {
    restaged = Set.copyOf(restaged);
    reasons = List.copyOf(reasons);
  }

  /** The reason of a full refresh. */
  static final String ASKED_FOR = "a full refresh was asked for: everything is computed anew";

  /** The same, and what is left as it is because its files are gone, per feed. */
  Recomputation with(Map<String, Long> lost) {
    List<String> all = new ArrayList<>(reasons);
    lost.forEach(
        (feed, files) ->
            all.add(
                "%d files of %s are in the raw area no more: their rows stay as they were read"
                    .formatted(files, feed)));
    return new Recomputation(restaged, areFactsWhole, areKpisWhole, all);
  }

  /** The same, and everything computed whole because somebody asked for it. */
  Recomputation ofEverything() {
    List<String> all = new ArrayList<>(List.of(ASKED_FOR));
    all.addAll(reasons);
    return new Recomputation(restaged, true, true, all);
  }

  /**
   * The difference between two sets of fingerprints.
   *
   * @param base of the publication that the night stands on; null or empty: there is none, so all
   *     is computed whole and there is nothing to say about it
   * @param tonight of this program and configuration
   */
  static Recomputation between(Map<String, String> base, Map<String, String> tonight) {
    if (base == null || base.isEmpty()) {
      return new Recomputation(Set.of(), true, true, List.of());
    }
    Set<String> changed = new TreeSet<>(Comparator.naturalOrder());
    Stream.concat(base.keySet().stream(), tonight.keySet().stream())
        .filter(name -> !java.util.Objects.equals(base.get(name), tonight.get(name)))
        .forEach(changed::add);
    Set<String> restaged = restaged(changed, base, tonight);
    List<String> reasons = new ArrayList<>();
    restaged.stream()
        .sorted()
        .forEach(
            feed ->
                reasons.add(
                    "%s of %s changed: its files are read again, and all facts and KPIs computed anew"
                        .formatted(
                            changed.contains(Fingerprints.STAGE + feed)
                                ? "the mapping, contract or settings"
                                : "the code that reads the dumps",
                            feed)));
    boolean areFactsWhole = !restaged.isEmpty();
    boolean areKpisWhole = areFactsWhole;
    for (String name : changed) {
      if (name.startsWith(Fingerprints.FACTS)) {
        areFactsWhole = true;
        areKpisWhole = true;
        reasons.add(
            "%s changed: all facts and KPIs are computed anew"
                .formatted(name.substring(Fingerprints.FACTS.length())));
      }
    }
    for (String name : changed) {
      String what =
          name.startsWith(Fingerprints.KPIS) ? name.substring(Fingerprints.KPIS.length()) : "";
      if (!what.isEmpty() && !changed.contains(Fingerprints.FACTS + what)) {
        areKpisWhole = true;
        reasons.add("%s changed: all KPI tables are computed anew".formatted(what));
      }
    }
    return new Recomputation(restaged, areFactsWhole, areKpisWhole, reasons);
  }

  /** A feed that comes or goes has no rows that were made otherwise. */
  private static Set<String> restaged(
      Set<String> changed, Map<String, String> base, Map<String, String> tonight) {
    Set<String> feeds = new LinkedHashSet<>();
    for (String name : tonight.keySet()) {
      boolean isKnownFeed =
          name.startsWith(Fingerprints.STAGE)
              && !name.equals(Fingerprints.ALL_FEEDS)
              && base.containsKey(name);
      if (isKnownFeed && (changed.contains(name) || changed.contains(Fingerprints.ALL_FEEDS))) {
        feeds.add(name.substring(Fingerprints.STAGE.length()));
      }
    }
    return feeds;
  }
}
