package dev.nightdesk.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.audit.VolumeAudit.Limits;
import dev.nightdesk.audit.VolumeAudit.Volume;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeAuditTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final Limits LIMITS = new Limits(3, 10, 0.5, 1);

  /** Dumps of tickets on consecutive dates, of which the last came tonight. */
  private static List<AuditResult> broken(boolean isPromised, long... records) {
    List<Volume> volumes = new ArrayList<>();
    for (int day = 0; day < records.length; day++) {
      volumes.add(
          new Volume("desk/ticket", FIRST.plusDays(day), records[day], day == records.length - 1));
    }
    return new VolumeAudit(LIMITS, feed -> isPromised)
        .results(volumes).stream().filter(result -> !result.isPassed()).toList();
  }

  @Test
  void halfAndTwiceTheMedianAreWithinTheLimits() {
    // The last three with records are 20, 30 and 40; their median is 30.
    assertThat(broken(true, 900, 20, 30, 40, 15)).isEmpty();
    assertThat(broken(true, 900, 20, 30, 40, 60)).isEmpty();
  }

  @Test
  void aDropBelowTheLimitNamesFeedDateAndNumbers() {
    assertThat(broken(true, 20, 30, 40, 14).stream().map(AuditResult::text))
        .containsExactly(
            "volume_drop, desk/ticket, 2026-01-04: expected at least 15, found 14 records");
  }

  @Test
  void aRiseAboveTheLimitNamesFeedDateAndNumbers() {
    assertThat(broken(true, 20, 30, 40, 61).stream().map(AuditResult::text))
        .containsExactly(
            "volume_rise, desk/ticket, 2026-01-04: expected at most 60, found 61 records");
  }

  @Test
  void anEmptyDumpBreaksItHoweverFewRecordsTheDumpBeforeHad() {
    assertThat(broken(true, 1, 0).stream().map(AuditResult::text))
        .containsExactly(
            "volume_empty, desk/ticket, 2026-01-02: expected records, as the 1 of 2026-01-01, found"
                + " 0 records");
  }

  @Test
  void anOptionalEntityMayBeEmptyAsItMayBeMissing() {
    assertThat(broken(false, 50, 50, 0)).isEmpty();
  }

  @Test
  void aSecondEmptyDumpIsAsTheOneBefore() {
    assertThat(broken(true, 5, 0, 0)).isEmpty();
  }

  @Test
  void fewRecordsTellNothingOfDropAndRise() {
    assertThat(broken(true, 9, 9, 1)).isEmpty();
    assertThat(broken(true, 9, 9, 90)).isEmpty();
  }

  @Test
  void datesThatCameBeforeAreNotJudgedAgain() {
    assertThat(
            new VolumeAudit(LIMITS, feed -> true)
                .results(
                    List.of(
                        new Volume("desk/ticket", FIRST, 100, false),
                        new Volume("desk/ticket", FIRST.plusDays(1), 0, false),
                        new Volume("desk/ticket", FIRST.plusDays(2), 100, true))))
        .hasSize(3)
        .allMatch(AuditResult::isPassed);
  }
}
