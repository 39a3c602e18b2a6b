package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecomputationTest {

  @TempDir Path folder;

  private Map<String, String> fingerprints(String more) {
    try {
      Path file =
          Files.writeString(
              folder.resolve("nightdesk.yaml"),
              "sources: {desk: {type: canonical, entities: {ticket: {}, agent: {}}}}\n" + more);
      NightdeskConfig config = NightdeskConfig.of(Settings.read(file, Map.of(), Map.of()), folder);
      return Fingerprints.of(config, Kpis.of(config));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, String> without(Map<String, String> fingerprints, String name) {
    assertThat(fingerprints).containsKey(name);
    Map<String, String> changed = new HashMap<>(fingerprints);
    changed.put(name, "other");
    return changed;
  }

  @Test
  void theSameDefinitionsComputeNothingAnew() {
    Recomputation none = Recomputation.between(fingerprints(""), fingerprints(""));

    assertThat(none.reasons()).isEmpty();
    assertThat(none.areFactsWhole()).isFalse();
    assertThat(none.areKpisWhole()).isFalse();
    assertThat(none.restaged()).isEmpty();
  }

  @Test
  void whatIsNoDefinitionChangesNothing() {
    assertThat(
            Recomputation.between(
                    fingerprints(""), fingerprints("max-rejected-ratio: 0.5\nnight-size: large"))
                .reasons())
        .isEmpty();
  }

  @Test
  void withoutAnEarlierPublicationAllIsWholeAndNothingIsSaid() {
    Recomputation first = Recomputation.between(Map.of(), fingerprints(""));

    assertThat(first.areFactsWhole()).isTrue();
    assertThat(first.areKpisWhole()).isTrue();
    assertThat(first.reasons()).isEmpty();
  }

  @Test
  void anEditedKpiComputesTheKpiTablesAnewAndNoFact() {
    Map<String, String> tonight = fingerprints("");
    Recomputation changed =
        Recomputation.between(without(tonight, "kpis: schemas/kpi/csat"), tonight);

    assertThat(changed.areFactsWhole()).isFalse();
    assertThat(changed.areKpisWhole()).isTrue();
    assertThat(changed.reasons())
        .containsExactly("schemas/kpi/csat changed: all KPI tables are computed anew");
  }

  @Test
  void anEditedMappingReadsTheFilesOfItsFeedAgain() {
    Map<String, String> tonight = fingerprints("");
    Recomputation changed = Recomputation.between(without(tonight, "stage: desk/ticket"), tonight);

    assertThat(changed.restaged()).containsExactly("desk/ticket");
    assertThat(changed.areFactsWhole()).isTrue();
    assertThat(changed.areKpisWhole()).isTrue();
    assertThat(changed.reasons())
        .containsExactly(
            "the mapping, contract or settings of desk/ticket changed: its files are read again,"
                + " and all facts and KPIs computed anew");
  }

  @Test
  void otherCodeThatReadsDumpsReadsEveryFileAgain() {
    Map<String, String> tonight = fingerprints("");

    assertThat(Recomputation.between(without(tonight, Fingerprints.ALL_FEEDS), tonight).restaged())
        .containsExactlyInAnyOrder("desk/ticket", "desk/agent");
  }

  @Test
  void aNewFeedIsNoReasonToReadOthersAgain() {
    Map<String, String> tonight = fingerprints("");
    Map<String, String> before = new HashMap<>(tonight);
    before.remove("stage: desk/agent");

    assertThat(Recomputation.between(before, tonight).restaged()).isEmpty();
  }

  @Test
  void anotherTargetOfTheDefaultSlaComputesTheFactsAnew() {
    Recomputation changed =
        Recomputation.between(
            fingerprints(""),
            fingerprints(
                "definitions: {default-sla-minutes: {email: 60, social: 1440, other: 1440, live:"
                    + " 10}}"));

    assertThat(changed.areFactsWhole()).isTrue();
    assertThat(changed.reasons())
        .containsExactly(
            "definitions.default-sla-minutes changed: all facts and KPIs are computed anew");
  }

  @Test
  void anotherReportingZoneIsSaidOnce() {
    Recomputation changed =
        Recomputation.between(fingerprints(""), fingerprints("reporting: {zone: Europe/Berlin}"));

    assertThat(changed.areFactsWhole()).isTrue();
    assertThat(changed.areKpisWhole()).isTrue();
    assertThat(changed.reasons())
        .containsExactly("reporting.zone changed: all facts and KPIs are computed anew");
  }

  @Test
  void otherYardsticksComputeOnlyTheKpiTablesAnew() {
    Recomputation changed =
        Recomputation.between(fingerprints(""), fingerprints("yardsticks: {rank-min-count: 3}"));

    assertThat(changed.areFactsWhole()).isFalse();
    assertThat(changed.areKpisWhole()).isTrue();
  }

  @Test
  void noFingerprintTellsTheSalt() {
    assertThat(fingerprints("hash-salt: pepper").values())
        .allMatch(sum -> sum.matches("[0-9a-f]{16}"));
  }
}
