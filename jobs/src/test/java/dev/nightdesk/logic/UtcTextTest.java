package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UtcTextTest {

  /** Java's own reading is the yardstick, for texts with a broken character too. */
  @Test
  void readsWhatJavaReadsAndNothingElse() {
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      Instant instant = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), decimals(random));
      StringBuilder text = new StringBuilder(instant.toString());
      if (i % 2 == 0) {
        text.setCharAt(
            random.nextInt(text.length()), "0123456789-:.TZ +".charAt(random.nextInt(17)));
      }
      Instant expected = byJava(text.toString());
      Instant found = UtcText.read(text.toString());
      if (found != null) {
        assertThat(found).as(text.toString()).isEqualTo(expected);
        read++;
      } else if (i % 2 == 1) {
        assertThat(expected).as(text.toString()).isNull();
      }
    }
    assertThat(read).isGreaterThan(25_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00Z",
        ""
      })
  void leavesOtherFormsAndBrokenOnesAlone(String text) {
    assertThat(UtcText.read(text)).isNull();
  }

  private static long decimals(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(1_000) * 1_000_000L;
      case 2 -> random.nextInt(1_000_000) * 1_000L;
      default -> random.nextInt(1_000_000_000);
    };
  }

  private static Instant byJava(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
