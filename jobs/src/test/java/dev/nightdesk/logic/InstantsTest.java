package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstantsTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instants IN_BERLIN = new Instants(BERLIN, List.of());
  private static final Instants WITHOUT_ZONE = new Instants(null, List.of());

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
    assertThat(IN_BERLIN.micros(text))
        .isEqualTo(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    assertThat(IN_BERLIN.problem(text)).isNull();
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
    assertThat(IN_BERLIN.micros(text)).isNull();
    assertThat(IN_BERLIN.problem(text)).isEqualTo(problem);
  }

  @Test
  void refusesALocalTimeOfASourceWithoutZone() {
    assertThat(WITHOUT_ZONE.micros("2026-01-01T00:00:00")).isNull();
    assertThat(WITHOUT_ZONE.problem("2026-01-01T00:00:00"))
        .isEqualTo("has no offset, and the source names no time-zone");
  }

  @Test
  void assumesAZoneOnlyWhereTheSourceNamesNone() {
    String noon = "2026-01-01T12:00:00";
    assertThat(WITHOUT_ZONE.assuming(ZoneId.of("UTC")).micros(noon))
        .isEqualTo(Instant.parse("2026-01-01T12:00:00Z").getEpochSecond() * 1_000_000);
    assertThat(IN_BERLIN.assuming(ZoneId.of("UTC")).micros(noon))
        .isEqualTo(Instant.parse("2026-01-01T11:00:00Z").getEpochSecond() * 1_000_000);
  }

  @ParameterizedTest(name = "{0} by {1} is {2}")
  @CsvSource({
    "03/04/2026 09:05, dd/MM/yyyy HH:mm, 2026-04-03T07:05:00Z",
    "4/3/26 9:05 pm, M/d/yy h:mm a, 2026-04-03T19:05:00Z",
    "3 Apr 2026, d MMM yyyy, 2026-04-02T22:00:00Z",
    "2026-04-03T09:05:00Z, dd/MM/yyyy HH:mm, 2026-04-03T09:05:00Z",
    "1687774207, unix-seconds, 2023-06-26T10:10:07Z",
    "1687774207.5, unix-seconds, 2023-06-26T10:10:07.500Z",
    "1687774207123, unix-milliseconds, 2023-06-26T10:10:07.123Z",
    "46115.5, spreadsheet-days, 2026-04-03T10:00:00Z",
    "46115.333333333336, spreadsheet-days, 2026-04-03T06:00:00Z",
  })
  void readsTheOtherFormsOfASource(String text, String format, String expected) {
    Instants instants = new Instants(BERLIN, List.of(format));
    assertThat(instants.problem(text)).isNull();
    assertThat(instants.micros(text)).isEqualTo(micros(expected));
  }

  @ParameterizedTest(name = "{0} by {1} {2}")
  @CsvSource({
    "30/02/2026 09:00, dd/MM/yyyy HH:mm, is an instant neither by ISO 8601 nor by dd/MM/yyyy HH:mm",
    "29/03/2026 02:30, dd/MM/yyyy HH:mm, is a local time that the clock skips in Europe/Berlin",
    "1, spreadsheet-days, lies before the year 2000",
    "46115.5, dd/MM/yyyy, is an instant neither by ISO 8601 nor by dd/MM/yyyy",
  })
  void refusesWhatIsInNoneOfTheForms(String text, String format, String problem) {
    Instants instants = new Instants(BERLIN, List.of(format));
    assertThat(instants.micros(text)).isNull();
    assertThat(instants.problem(text)).isEqualTo(problem);
  }

  @Test
  void theFirstFormThatFitsIsTaken() {
    assertThat(new Instants(BERLIN, List.of("dd/MM/yyyy", "MM/dd/yyyy")).micros("03/04/2026"))
        .isEqualTo(micros("2026-04-02T22:00:00Z"));
    assertThat(new Instants(BERLIN, List.of("MM/dd/yyyy", "dd/MM/yyyy")).micros("03/04/2026"))
        .isEqualTo(micros("2026-03-03T23:00:00Z"));
  }

  @Test
  void aFormThatIsNoneIsRefusedByItsName() {
    assertThatThrownBy(() -> new Instants(BERLIN, List.of("unix")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("instant-formats has `unix`");
  }

  private static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }
}
