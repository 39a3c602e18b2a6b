package dev.nightdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowestTestsTest {

  @Test
  void slowestComesFirstAndTheTotalLast() {
    assertThat(
            SlowestTests.lines(
                Map.of(
                    "A: quick()", Duration.ofMillis(300),
                    "B: slow()", Duration.ofMillis(1_200),
                    "C: slower()", Duration.ofMillis(12_345))))
        .containsExactly(
            "slowest    12.3 s  C: slower()",
            "slowest     1.2 s  B: slow()",
            "slowest    13.8 s  all 3 tests");
  }

  @Test
  void onlyTenAreNamedButAllAreCounted() {
    Map<String, Duration> durations = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      durations.put("test " + i, Duration.ofSeconds(1));
    }

    assertThat(SlowestTests.lines(durations))
        .hasSize(11)
        .last()
        .isEqualTo("slowest    12.0 s  all 12 tests");
  }
}
