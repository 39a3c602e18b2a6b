package dev.nightdesk.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstantTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00Z",
        "0099-02-28T01:02:03.000004Z",
        "2024-02-29T12:00:00.5Z",
        "2026-03-20T09:15:59.123456Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void writesWhatJavasFormatterWrites(String text) {
    Instant instant = Instant.parse(text);

    assertThat(InstantText.of(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000))
        .isEqualTo(
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
                .format(instant.atOffset(ZoneOffset.UTC)));
  }
}
