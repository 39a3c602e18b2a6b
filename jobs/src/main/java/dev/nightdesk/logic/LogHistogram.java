package dev.nightdesk.logic;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Counts of whole numbers in buckets that grow by one per cent: percentiles that can be added up.
 *
 * <p>A histogram is an array of triples (bucket, count, sum), ordered by bucket, so that any engine
 * can read it. Every number up to 200 has a bucket of its own; above, the numbers of a bucket
 * differ by less than 1 %. A bucket's mean stands for its numbers: few numbers are exact, many are
 * within 1 %. Adding is exact and knows no order, so that a part added tonight equals a rebuild.
 */
public final class LogHistogram {

  /** The histogram of nothing. */
  public static final long[] EMPTY = {};

  private static final int WIDTH = 3;

  /** Lowest number of every bucket. */
  private static final long[] FLOORS = floors();

  private LogHistogram() {}

  /**
   * The bucket of a number: the higher the number, the higher the bucket; 0 is alone in bucket 0.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public static int bucket(long number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "A histogram counts durations and amounts from 0 on, but found %d. Find the row that has it: it ends before it begins."
              .formatted(number));
    }
    int found = Arrays.binarySearch(FLOORS, number);
    return found >= 0 ? found : -found - 2;
  }

  /**
   * A histogram with one number more.
   *
   * @param triples a histogram, which may be changed and must not be used any more
   */
  public static long[] add(long[] triples, long number) {
    return add(triples, bucket(number), 1, number);
  }

  /**
   * The sum of two histograms.
   *
   * @param triples a histogram, which may be changed and must not be used any more
   * @param others a histogram that stays as it is
   */
  public static long[] addAll(long[] triples, long[] others) {
    if (triples.length == 0) {
      return others.clone();
    }
    int strangers = 0;
    for (int other = 0; other < others.length; other += WIDTH) {
      if (position(triples, others[other]) < 0) {
        strangers++;
      }
    }
    if (strangers > 0) {
      return merge(triples, others, triples.length + strangers * WIDTH);
    }
    for (int other = 0; other < others.length; other += WIDTH) {
      int at = position(triples, others[other]);
      triples[at + 1] += others[other + 1];
      triples[at + 2] += others[other + 2];
    }
    return triples;
  }

  /**
   * The same histogram without the buckets in which nothing is left: what a subtraction emptied.
   * Adding a histogram of negative counts and sums takes its numbers away again, exactly.
   */
  public static long[] withoutEmptyBuckets(long[] triples) {
    int kept = 0;
    for (int at = 0; at < triples.length; at += WIDTH) {
      kept += isEmpty(triples, at) ? 0 : WIDTH;
    }
    if (kept == triples.length) {
      return triples;
    }
    long[] narrower = new long[kept];
    int next = 0;
    for (int at = 0; at < triples.length; at += WIDTH) {
      if (!isEmpty(triples, at)) {
        System.arraycopy(triples, at, narrower, next, WIDTH);
        next += WIDTH;
      }
    }
    return narrower;
  }

  /** A change within a bucket leaves its count and moves its sum: that is not nothing. */
  private static boolean isEmpty(long[] triples, int at) {
    return triples[at + 1] == 0 && triples[at + 2] == 0;
  }

  /** How many numbers it holds. */
  public static long count(long[] triples) {
    long count = 0;
    for (int at = 0; at < triples.length; at += WIDTH) {
      count += triples[at + 1];
    }
    return count;
  }

  /**
   * The number at rank ⌈share · n⌉ (nearest rank).
   *
   * @param share more than 0 and at most 1, for example 0.5 for the median
   * @return exact while the bucket at that rank holds equal numbers, else within 1 %; null of
   *     nothing
   */
  public static Double percentile(long[] triples, double share) {
    if (share <= 0 || share > 1) {
      throw new IllegalArgumentException(
          "%s is no share of a percentile. Give more than 0 and at most 1.".formatted(share));
    }
    // Decimal: 0.9 · 70 is 63, not a hair above it.
    long rank =
        BigDecimal.valueOf(share)
            .multiply(BigDecimal.valueOf(count(triples)))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
    long seen = 0;
    for (int at = 0; at < triples.length; at += WIDTH) {
      seen += triples[at + 1];
      if (seen >= rank) {
        return (double) triples[at + 2] / triples[at + 1];
      }
    }
    return null;
  }

  private static long[] add(long[] triples, long bucket, long count, long sum) {
    int at = position(triples, bucket);
    if (at >= 0) {
      triples[at + 1] += count;
      triples[at + 2] += sum;
      return triples;
    }
    int gap = -at - 1;
    long[] wider = new long[triples.length + WIDTH];
    System.arraycopy(triples, 0, wider, 0, gap);
    wider[gap] = bucket;
    wider[gap + 1] = count;
    wider[gap + 2] = sum;
    System.arraycopy(triples, gap, wider, gap + WIDTH, triples.length - gap);
    return wider;
  }

  private static long[] merge(long[] left, long[] right, int length) {
    long[] merged = new long[length];
    int l = 0;
    int r = 0;
    for (int at = 0; at < length; at += WIDTH) {
      boolean takesLeft = r >= right.length || (l < left.length && left[l] <= right[r]);
      boolean takesRight = l >= left.length || (r < right.length && right[r] <= left[l]);
      merged[at] = takesLeft ? left[l] : right[r];
      if (takesLeft) {
        merged[at + 1] += left[l + 1];
        merged[at + 2] += left[l + 2];
        l += WIDTH;
      }
      if (takesRight) {
        merged[at + 1] += right[r + 1];
        merged[at + 2] += right[r + 2];
        r += WIDTH;
      }
    }
    return merged;
  }

  /** Where a bucket's triple begins; if there is none, -1 minus where it would. */
  private static int position(long[] triples, long bucket) {
    int low = 0;
    int high = triples.length / WIDTH - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = triples[middle * WIDTH];
      if (found < bucket) {
        low = middle + 1;
      } else if (found > bucket) {
        high = middle - 1;
      } else {
        return middle * WIDTH;
      }
    }
    return -low * WIDTH - 1;
  }

  private static long[] floors() {
    long[] floors = new long[8192];
    int size = 0;
    for (long floor = 0; floor >= 0; floor += Math.max(1, floor / 100)) {
      floors[size++] = floor;
    }
    return Arrays.copyOf(floors, size);
  }
}
