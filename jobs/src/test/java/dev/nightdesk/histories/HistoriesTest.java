package dev.nightdesk.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proof over histories proves nothing of what never occurs in them. */
class HistoriesTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void inAHundredHistoriesOfSixNightsEverythingOccurs(long seed) {
    Cut cut = cut(seed, 100, 6);

    assertThat(cut.happenings().keySet()).contains(Happening.values());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSameSeedTellsTheSame(long seed) {
    Cut one = cut(seed, 5, 6);
    Cut another = cut(seed, 5, 6);

    assertThat(one.plans()).isEqualTo(another.plans());
    one.plans().forEach(plan -> assertThat(one.filesOf(plan)).isEqualTo(another.filesOf(plan)));
  }

  private static Cut cut(long seed, int histories, int nights) {
    Chance chance = new Chance(seed, 0);
    List<NightPlan> plans = NightPlan.some(chance, nights);
    List<Version> versions = new ArrayList<>();
    for (int number = 1; number <= histories; number++) {
      versions.addAll(Histories.one(seed, number));
    }
    return new Cut(versions, plans, chance);
  }
}
