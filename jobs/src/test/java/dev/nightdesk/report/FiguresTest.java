package dev.nightdesk.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "2.5, 2.5 s",
    "9.96, 10 s",
    "59.4, 59 s",
    "59.5, 1 min",
    "62, 1 min 2 s",
    "3599.4, 59 min 59 s",
    "3599.5, 1 h",
    "4320, 1 h 12 min",
    "86369, 23 h 59 min",
    "86370, 1 d",
    "151200, 1 d 18 h",
    "100000000, '1,157 d 10 h'"
  })
  void durationsShowTheirTwoLargestUnits(double seconds, String text) {
    assertThat(Figures.duration(seconds)).isEqualTo(text);
  }

  @Test
  void openHoursAreNotFoldedIntoDays() {
    assertThat(Figures.openDuration(151_200)).isEqualTo("42 h");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 s", "99.94, 99.9 s", "99.95, 100 s", "1234.4, '1,234 s'"})
  void secondsToCompareHaveADecimalWhereItMatters(double seconds, String text) {
    assertThat(Figures.seconds(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1.0 k",
    "9949, 9.9 k",
    "9950, 10 k",
    "999499, 999 k",
    "999500, 1.0 M",
    "80000000, 80 M",
    "9223372036854775807, 9223 P"
  })
  void largeNumbersAreShortened(long number, String text) {
    assertThat(Figures.shortened(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1 B", "999, 999 B", "1250000, 1.3 MB", "4294967296, 4.3 GB"})
  void bytesGoInStepsOfAThousand(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "1204, '1,204'", "3.8333, 3.83", "0.995, '1'", "-25, -25", "2.5, 2.50"})
  void numbersHaveAtMostTwoDecimals(double number, String text) {
    assertThat(Figures.number(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0", "1, 100.0", "0.8333333333, 83.3", "0.0005, 0.1"})
  void sharesAreHundredths(double ratio, String text) {
    assertThat(Figures.hundredths(ratio)).isEqualTo(text);
  }

  @Test
  void sparklineSpansFromTheLowestToTheHighestValue() {
    assertThat(Sparkline.of(Arrays.asList(null, 0.0, 7.0, 3.0, null, 1.0))).isEqualTo("·▁█▄·▂");
  }

  @Test
  void sparklineWithoutMovementIsFlat() {
    assertThat(Sparkline.of(List.of(0.0, 0.0))).isEqualTo("▁▁");
    assertThat(Sparkline.of(List.of(5.0, 5.0))).isEqualTo("▄▄");
    assertThat(Sparkline.of(Arrays.asList(null, null))).isEqualTo("··");
  }
}
