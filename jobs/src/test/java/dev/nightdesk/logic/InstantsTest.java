package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstantsTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "2026-03-29T01:30:00Z, 2026-03-29T01:30:00Z",
    "2026-03-29 01:30:00+02:00, 2026-03-28T23:30:00Z",
    "2010-01-13 08:40:25+0200, 2010-01-13T06:40:25Z",
    "2019-11-16T15:59:41.966927, 2019-11-16T14:59:41.966927Z",
    "2026-10-25T02:30:00, 2026-10-25T00:30:00Z",
    "2026-01-01T00:00, 2025-12-31T23:00:00Z",
  })
  void readsWhatHelpDesksWrite(String text, String expected) {
    Instant instant = Instant.parse(expected);
    assertThat(Instants.micros(text, BERLIN))
        .isEqualTo(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    assertThat(Instants.problem(text, BERLIN)).isNull();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "2026-03-29T02:30:00, is a local time that the clock skips in Europe/Berlin",
    "2026-02-30T00:00:00Z, is no ISO 8601 instant",
    "yesterday, is no ISO 8601 instant",
    "0001-01-01T00:00:00Z, lies before the year 2000",
    "1780000000, is no ISO 8601 instant",
  })
  void refusesWhatNamesNoInstant(String text, String problem) {
    assertThat(Instants.micros(text, BERLIN)).isNull();
    assertThat(Instants.problem(text, BERLIN)).isEqualTo(problem);
  }

  @Test
  void refusesALocalTimeOfASourceWithoutZone() {
    assertThat(Instants.micros("2026-01-01T00:00:00", null)).isNull();
    assertThat(Instants.problem("2026-01-01T00:00:00", null))
        .isEqualTo("has no offset, and the source names no time-zone");
  }
}
