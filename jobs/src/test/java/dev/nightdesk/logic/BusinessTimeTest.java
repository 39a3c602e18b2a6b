package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.logic.Schedule.Holiday;
import dev.nightdesk.logic.Schedule.Hours;
import dev.nightdesk.logic.Schedule.Version;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BusinessTimeTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final LocalDate BASTILLE_DAY = LocalDate.parse("2021-07-14");

  private static List<Hours> everyDay(String opens, String closes) {
    List<Hours> hours = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      hours.add(Hours.of(day, opens, closes));
    }
    return hours;
  }

  private static List<Hours> weekdays(String opens, String closes) {
    return everyDay(opens, closes).stream()
        .filter(hours -> hours.day().getValue() <= DayOfWeek.FRIDAY.getValue())
        .toList();
  }

  private static BusinessTime schedule(ZoneId zone, List<Hours> hours, Holiday... holidays) {
    return BusinessTime.of(
        new Schedule(List.of(new Version(null, zone, hours, List.of(holidays)))));
  }

  private static long micros(String instant) {
    return Micros.of(Instant.parse(instant));
  }

  private static long local(String time, ZoneId zone) {
    return Micros.of(LocalDateTime.parse(time).atZone(zone).toInstant());
  }

  private static long parisSeconds(BusinessTime time, String start, String end) {
    return time.openSecondsBetween(local(start, PARIS), local(end, PARIS));
  }

  /** Golden case 2. */
  @Test
  void onlyOpenHoursOfAWeekdayCount() {
    BusinessTime time = schedule(UTC, weekdays("10:00", "18:00"));

    assertThat(time.between(micros("2021-06-28T11:00:00Z"), micros("2021-06-28T12:00:00Z")))
        .isEqualTo(new Elapsed(3_600, 3_600));
    assertThat(time.between(micros("2021-06-28T12:00:00Z"), micros("2021-06-28T20:00:00Z")))
        .isEqualTo(new Elapsed(28_800, 21_600));
    assertThat(time.between(micros("2021-06-28T06:00:00Z"), micros("2021-06-28T12:00:00Z")))
        .isEqualTo(new Elapsed(21_600, 7_200));
  }

  /** Golden case 9: days of 23 and 25 hours. */
  @Test
  void roundTheClockHoursAreCalendarHoursWhenTheClockChanges() {
    BusinessTime time = schedule(PARIS, everyDay("00:00", "24:00"));

    assertThat(parisSeconds(time, "2021-03-27T12:00", "2021-03-28T12:00")).isEqualTo(82_800);
    assertThat(parisSeconds(time, "2021-10-30T12:00", "2021-10-31T12:00")).isEqualTo(90_000);
    assertThat(parisSeconds(BusinessTime.ALWAYS, "2021-10-30T12:00", "2021-10-31T12:00"))
        .isEqualTo(90_000);
  }

  /** Golden case 9: night shifts. */
  @Test
  void nightShiftsLastAnHourLessOrMoreWhenTheClockChanges() {
    BusinessTime time = schedule(PARIS, everyDay("22:00", "06:00"));

    assertThat(parisSeconds(time, "2021-03-27T12:00", "2021-03-28T12:00")).isEqualTo(25_200);
    assertThat(parisSeconds(time, "2021-10-30T12:00", "2021-10-31T12:00")).isEqualTo(32_400);
    assertThat(parisSeconds(time, "2021-05-03T12:00", "2021-05-04T00:00")).isEqualTo(7_200);
    assertThat(parisSeconds(time, "2021-05-04T00:00", "2021-05-04T12:00")).isEqualTo(21_600);
  }

  /** Golden case 9: a holiday. */
  @Test
  void aHolidayIsClosedInTheZoneOfTheSchedule() {
    BusinessTime time =
        schedule(PARIS, weekdays("10:00", "18:00"), new Holiday(BASTILLE_DAY, BASTILLE_DAY));

    assertThat(time.between(local("2021-07-13T17:00", PARIS), local("2021-07-15T11:00", PARIS)))
        .isEqualTo(new Elapsed(151_200, 7_200));
  }

  @Test
  void aHolidayTakesFromANightShiftOnlyTheHoursOfItsOwnDay() {
    BusinessTime time =
        schedule(PARIS, everyDay("22:00", "06:00"), new Holiday(BASTILLE_DAY, BASTILLE_DAY));

    assertThat(parisSeconds(time, "2021-07-13T12:00", "2021-07-14T00:00")).isEqualTo(7_200);
    assertThat(parisSeconds(time, "2021-07-14T00:00", "2021-07-15T00:00")).isZero();
    assertThat(parisSeconds(time, "2021-07-15T00:00", "2021-07-15T12:00")).isEqualTo(21_600);
  }

  @Test
  void aNightShiftBelongsToTheDayOnWhichItOpens() {
    BusinessTime time = schedule(UTC, List.of(Hours.of(DayOfWeek.SUNDAY, "22:00", "06:00")));

    assertThat(
            time.openSecondsBetween(micros("2021-06-27T00:00:00Z"), micros("2021-06-29T00:00:00Z")))
        .isEqualTo(28_800);
    assertThat(
            time.openSecondsBetween(micros("2021-06-28T00:00:00Z"), micros("2021-06-29T00:00:00Z")))
        .isEqualTo(21_600);
  }

  @Test
  void splitShiftsLeaveOutTheBreakAndOverlapsCountOnce() {
    List<Hours> hours =
        List.of(
            Hours.of(DayOfWeek.MONDAY, "09:00", "12:00"),
            Hours.of(DayOfWeek.MONDAY, "13:00", "17:00"),
            Hours.of(DayOfWeek.MONDAY, "16:00", "18:00"));

    assertThat(
            schedule(UTC, hours)
                .openSecondsBetween(micros("2021-06-28T00:00:00Z"), micros("2021-06-29T00:00:00Z")))
        .isEqualTo(8 * 3_600);
  }

  @Test
  void eachVersionOfAScheduleHoldsUntilTheNext() {
    BusinessTime time =
        BusinessTime.of(
            new Schedule(
                List.of(
                    new Version(
                        micros("2021-06-28T12:00:00Z"), UTC, everyDay("08:00", "14:00"), List.of()),
                    new Version(null, UTC, everyDay("10:00", "18:00"), List.of()))));

    assertThat(
            time.openSecondsBetween(micros("2021-06-28T00:00:00Z"), micros("2021-06-29T00:00:00Z")))
        .isEqualTo(4 * 3_600);
    assertThat(
            time.openSecondsBetween(micros("2021-06-29T00:00:00Z"), micros("2021-06-30T00:00:00Z")))
        .isEqualTo(6 * 3_600);
  }

  @Test
  void secondsAreRoundedDown() {
    assertThat(
            BusinessTime.ALWAYS.openSecondsBetween(
                micros("2021-06-28T00:00:00.9Z"), micros("2021-06-28T00:00:02.8Z")))
        .isEqualTo(1);
  }

  @Test
  void aDeadlineWalksThroughOpenHoursOnly() {
    BusinessTime time = schedule(UTC, weekdays("10:00", "18:00"));

    assertThat(time.after(micros("2021-06-25T17:00:00Z"), 3_600))
        .hasValue(micros("2021-06-25T18:00:00Z"));
    assertThat(time.after(micros("2021-06-25T17:00:00Z"), 3_601))
        .hasValue(micros("2021-06-28T10:00:01Z"));
    assertThat(time.after(micros("2021-06-26T03:00:00Z"), 7_200))
        .hasValue(micros("2021-06-28T12:00:00Z"));
    assertThat(time.after(micros("2021-06-26T03:00:00Z"), 0))
        .hasValue(micros("2021-06-26T03:00:00Z"));
    assertThat(BusinessTime.ALWAYS.after(0, 5)).hasValue(5_000_000);
  }

  @Test
  void aScheduleThatNeverOpensHasNoDeadline() {
    BusinessTime closed = schedule(UTC, List.of());

    assertThat(closed.after(micros("2021-06-25T17:00:00Z"), 1)).isEmpty();
    assertThat(
            closed.openSecondsBetween(
                micros("2021-06-25T17:00:00Z"), micros("2022-06-25T17:00:00Z")))
        .isZero();
  }

  @Test
  void openSecondsEqualACountOfMinutesWhoseLocalTimeIsOpen() {
    BusinessTime time =
        schedule(PARIS, everyDay("22:15", "06:30"), new Holiday(BASTILLE_DAY, BASTILLE_DAY));
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      Instant start =
          Instant.parse("2021-03-20T00:00:00Z")
              .plus(random.nextInt(240 * 1440), ChronoUnit.MINUTES);
      Instant end = start.plus(random.nextInt(6 * 1440), ChronoUnit.MINUTES);
      long open = 0;
      for (Instant minute = start;
          minute.isBefore(end);
          minute = minute.plus(1, ChronoUnit.MINUTES)) {
        LocalDateTime at = LocalDateTime.ofInstant(minute, PARIS);
        int minuteOfDay = at.getHour() * 60 + at.getMinute();
        boolean isShift = minuteOfDay >= 22 * 60 + 15 || minuteOfDay < 6 * 60 + 30;
        open += isShift && !at.toLocalDate().equals(BASTILLE_DAY) ? 60 : 0;
      }
      assertThat(time.openSecondsBetween(Micros.of(start), Micros.of(end)))
          .as("%s to %s", start, end)
          .isEqualTo(open);
    }
  }

  @Test
  void theDeadlineIsTheFirstInstantWithThatMuchOpenTime() {
    BusinessTime time = schedule(PARIS, weekdays("09:30", "17:45"));
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      long start = micros("2021-03-20T00:00:00Z") + random.nextInt(20_000_000) * 1_000_000L;
      long seconds = 1 + random.nextInt(400_000);
      long due = time.after(start, seconds).orElseThrow();
      assertThat(time.openSecondsBetween(start, due)).isEqualTo(seconds);
      assertThat(time.openSecondsBetween(start, due - 1)).isEqualTo(seconds - 1);
    }
  }

  @Test
  void aTimeThatIsNoneIsRefusedWithTheCure() {
    assertThatThrownBy(() -> Hours.of(DayOfWeek.MONDAY, "9:00", "24:30"))
        .hasMessageContaining("9:00")
        .hasMessageContaining("HH:mm");
    assertThatThrownBy(() -> Hours.of(DayOfWeek.MONDAY, "09:00", "24:30"))
        .hasMessageContaining("24:30");
  }
}
