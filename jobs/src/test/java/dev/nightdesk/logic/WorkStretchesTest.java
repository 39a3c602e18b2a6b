package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.logic.WorkStretches.Kind;
import dev.nightdesk.logic.WorkStretches.Stretch;
import dev.nightdesk.logic.WorkStretches.Work;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All instants are UTC; Paris is an hour ahead in winter and two in summer. */
class WorkStretchesTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private static Work shift(String start, String end) {
    return new Work(Kind.SHIFT, micros(start), micros(end));
  }

  private static Work presence(String start, String end) {
    return new Work(Kind.PRESENCE, micros(start), micros(end));
  }

  private static Stretch stretch(String day, Kind kind, String start, String end) {
    return new Stretch(LocalDate.parse(day), kind, micros(start), micros(end));
  }

  private static Long micros(String time) {
    return time == null ? null : (Long) Micros.of(Instant.parse(time + ":00Z"));
  }

  private static long seconds(List<Stretch> stretches, String day) {
    return stretches.stream()
        .filter(stretch -> stretch.day().equals(LocalDate.parse(day)))
        .mapToLong(stretch -> Micros.secondsBetween(stretch.startedAt(), stretch.endedAt()))
        .sum();
  }

  @Test
  void shiftsThatOverlapOrTouchAreOneStretchAndAPauseParts() {
    assertThat(
            WorkStretches.of(
                List.of(
                    shift("2021-03-01T14:00", "2021-03-01T18:00"),
                    shift("2021-03-01T08:00", "2021-03-01T11:00"),
                    shift("2021-03-01T09:00", "2021-03-01T10:00"),
                    shift("2021-03-01T11:00", "2021-03-01T12:00"),
                    shift("2021-03-01T20:00", "2021-03-01T20:00")),
                UTC))
        .containsExactly(
            stretch("2021-03-01", Kind.SHIFT, "2021-03-01T08:00", "2021-03-01T12:00"),
            stretch("2021-03-01", Kind.SHIFT, "2021-03-01T14:00", "2021-03-01T18:00"));
  }

  @Test
  void aNightShiftIsCutAtTheLocalMidnight() {
    assertThat(WorkStretches.of(List.of(shift("2021-03-01T21:00", "2021-03-02T05:00")), PARIS))
        .containsExactly(
            stretch("2021-03-01", Kind.SHIFT, "2021-03-01T21:00", "2021-03-01T23:00"),
            stretch("2021-03-02", Kind.SHIFT, "2021-03-01T23:00", "2021-03-02T05:00"));
  }

  @Test
  void theDaysOfTheClockChangeHave23And25Hours() {
    List<Stretch> spring =
        WorkStretches.of(List.of(shift("2021-03-26T23:00", "2021-03-29T22:00")), PARIS);
    assertThat(seconds(spring, "2021-03-27")).isEqualTo(86_400);
    assertThat(seconds(spring, "2021-03-28")).isEqualTo(82_800);
    assertThat(seconds(spring, "2021-03-29")).isEqualTo(86_400);

    List<Stretch> autumn =
        WorkStretches.of(List.of(shift("2021-10-30T22:00", "2021-10-31T23:00")), PARIS);
    assertThat(seconds(autumn, "2021-10-31")).isEqualTo(90_000);
    assertThat(autumn).hasSize(1);
  }

  @Test
  void presenceCountsOnlyOnDaysWithoutShift() {
    assertThat(
            WorkStretches.of(
                List.of(
                    presence("2021-03-01T07:00", "2021-03-01T09:00"),
                    shift("2021-03-01T08:00", "2021-03-01T12:00"),
                    presence("2021-03-02T07:00", "2021-03-02T09:00")),
                UTC))
        .containsExactly(
            stretch("2021-03-01", Kind.SHIFT, "2021-03-01T08:00", "2021-03-01T12:00"),
            stretch("2021-03-02", Kind.PRESENCE, "2021-03-02T07:00", "2021-03-02T09:00"));
  }

  @Test
  void workWithoutEndStaysOpenOnItsFirstDayAndSwallowsWhatFollows() {
    assertThat(
            WorkStretches.of(
                List.of(
                    presence("2021-03-01T08:00", "2021-03-01T10:00"),
                    presence("2021-03-01T09:00", null),
                    presence("2021-03-01T20:00", "2021-03-02T01:00")),
                UTC))
        .containsExactly(
            stretch("2021-03-01", Kind.PRESENCE, "2021-03-01T08:00", null),
            stretch("2021-03-02", Kind.PRESENCE, "2021-03-02T00:00", "2021-03-02T01:00"));
  }

  @Test
  void theOrderOfTheRecordsDoesNotMatter() {
    Work a = shift("2021-03-01T08:00", "2021-03-01T10:00");
    Work b = shift("2021-03-01T08:00", "2021-03-01T12:00");
    Work c = shift("2021-03-01T11:00", null);
    List<Stretch> expected = List.of(stretch("2021-03-01", Kind.SHIFT, "2021-03-01T08:00", null));

    assertThat(WorkStretches.of(List.of(a, b, c), UTC)).isEqualTo(expected);
    assertThat(WorkStretches.of(List.of(c, b, a), UTC)).isEqualTo(expected);
  }
}
