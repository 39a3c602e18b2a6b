package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogHistogramTest {

  @Test
  void theMedianOfTwoIsTheLower() {
    long[] histogram = of(100, 0);

    assertThat(LogHistogram.percentile(histogram, 0.5)).isEqualTo(0.0);
    assertThat(LogHistogram.percentile(histogram, 0.9)).isEqualTo(100.0);
  }

  @Test
  void nothingHasNoPercentile() {
    assertThat(LogHistogram.percentile(LogHistogram.EMPTY, 0.5)).isNull();
    assertThat(LogHistogram.count(LogHistogram.EMPTY)).isZero();
  }

  @Test
  void aFewNumbersFarApartAreExact() {
    long[] histogram = of(3_600, 28_800, 86_399, 1_000_000_007L);

    assertThat(LogHistogram.percentile(histogram, 0.25)).isEqualTo(3_600.0);
    assertThat(LogHistogram.percentile(histogram, 0.5)).isEqualTo(28_800.0);
    assertThat(LogHistogram.percentile(histogram, 0.51)).isEqualTo(86_399.0);
    assertThat(LogHistogram.percentile(histogram, 1)).isEqualTo(1_000_000_007.0);
  }

  @Test
  void everyPercentileIsWithinOnePerCentOfTheNearestRank() {
    Random random = new Random(7);
    long[] numbers =
        random.doubles(20_000).mapToLong(uniform -> (long) Math.exp(uniform * 16)).toArray();
    long[] histogram = of(numbers);
    Arrays.sort(numbers);

    for (double share : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 1}) {
      double exact = numbers[(int) Math.ceil(share * numbers.length) - 1];
      assertThat(LogHistogram.percentile(histogram, share)).isCloseTo(exact, within(exact * 0.01));
    }
  }

  @Test
  void partsAddUpToTheWholeInAnyOrder() {
    long[] numbers = new Random(3).longs(3_000, 0, 500_000).toArray();
    long[] whole = of(numbers);
    long[] first = of(Arrays.copyOfRange(numbers, 0, 900));
    long[] rest = of(Arrays.copyOfRange(numbers, 900, 3_000));

    assertThat(LogHistogram.addAll(first.clone(), rest)).isEqualTo(whole);
    assertThat(LogHistogram.addAll(rest.clone(), first)).isEqualTo(whole);
    assertThat(LogHistogram.count(whole)).isEqualTo(3_000);
  }

  @Test
  void addingKnownBucketsChangesNeitherTheirNumberNorTheOtherSide() {
    long[] others = of(5, 5);
    long[] sum = LogHistogram.addAll(of(5, 9), others);

    assertThat(sum).containsExactly(5, 3, 15, 9, 1, 9);
    assertThat(others).containsExactly(5, 2, 10);
  }

  @Test
  void everyNumberHasABucketAndNegativesHaveNone() {
    assertThat(LogHistogram.bucket(0)).isZero();
    assertThat(LogHistogram.bucket(199)).isEqualTo(199);
    assertThat(LogHistogram.bucket(Long.MAX_VALUE)).isLessThan(8_192);
    assertThatThrownBy(() -> LogHistogram.bucket(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  private static long[] of(long... numbers) {
    long[] histogram = LogHistogram.EMPTY;
    for (long number : numbers) {
      histogram = LogHistogram.add(histogram, number);
    }
    return histogram;
  }
}
