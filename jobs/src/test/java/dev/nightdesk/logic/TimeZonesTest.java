package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeZonesTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "Eastern Time (US & Canada), America/New_York",
    "Pacific Time (US & Canada), America/Los_Angeles",
    "Bern, Europe/Zurich",
    "Nuku'alofa, Pacific/Tongatapu",
    "Cape Verde Is., Atlantic/Cape_Verde",
    "Europe/Berlin, Europe/Berlin",
    "UTC, UTC",
    "Eastern, ",
    "Europe/Atlantis, ",
  })
  void knowsZonesByTheirRailsAndTheirIanaName(String name, String iana) {
    assertThat(TimeZones.iana(name)).isEqualTo(iana);
  }
}
