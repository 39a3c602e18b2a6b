package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

  @ParameterizedTest(name = "{0} in {1} is {2} s")
  @CsvSource({
    "0.25, days, 21600",
    "0.0416666667, days, 3600",
    "90, minutes, 5400",
    "1.5, hours, 5400",
    "62.4, seconds, 62",
    "0, seconds, 0",
    "30:00:01, days, 108001",
    "6:05, seconds, 21900",
    "PT1H1M, days, 3660",
    "P1DT1H, days, 90000",
  })
  void readsLengthsOfTime(String text, String unit, long seconds) {
    assertThat(Durations.in(unit).seconds(text)).isEqualTo(seconds);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"-1", "soon", "1:75:00", "1e400", "PT", "NaN"})
  void refusesWhatIsNone(String text) {
    assertThat(Durations.in("days").seconds(text)).isNull();
  }

  @Test
  void anUnknownUnitIsRefused() {
    assertThatThrownBy(() -> Durations.in("weeks"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("duration-unit is weeks");
  }
}
