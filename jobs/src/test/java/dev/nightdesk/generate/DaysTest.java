package dev.nightdesk.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DaysTest {

  /** Friday 2025-10-24 to Tuesday 2025-10-28; the clocks go back on Sunday. */
  private static final Days DAYS =
      new Days(LocalDate.of(2025, 10, 24), 5, ZoneId.of("Europe/Berlin"));

  @Test
  void aDayBelongsToTheLocalMidnightThatBeginsIt() {
    assertThat(DAYS.of(at("2025-10-24T21:59:59Z"))).isEqualTo(0);
    assertThat(DAYS.of(at("2025-10-24T22:00:00Z"))).isEqualTo(1);
    assertThat(DAYS.of(at("2025-10-26T22:59:59Z"))).isEqualTo(2);
    assertThat(DAYS.of(at("2025-10-26T23:00:00Z"))).isEqualTo(3);
    assertThat(DAYS.of(DAYS.end())).isEqualTo(5);
  }

  @Test
  void openTimeStopsOverTheWeekendAndTheClockChange() {
    // Friday 17:00, then Saturday 10 to 14, then Monday from 9: one hour, four hours, half an hour.
    assertThat(DAYS.afterOpenSeconds(at("2025-10-24T15:00:00Z"), 5 * 3_600 + 1_800))
        .isEqualTo(at("2025-10-27T08:30:00Z"));
  }

  @Test
  void openTimeBeyondTheLastDayIsTheEnd() {
    assertThat(DAYS.afterOpenSeconds(at("2025-10-28T16:30:00Z"), 3_600)).isEqualTo(DAYS.end());
  }

  @Test
  void instantsAreWrittenToTheSecondWithZ() {
    assertThat(Instants.iso(at("2024-02-29T23:09:05Z"))).isEqualTo("2024-02-29T23:09:05Z");
  }

  private static long at(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }
}
