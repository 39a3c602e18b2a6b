package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.io.TaskMeter.Stretch;
import dev.nightdesk.publish.Phase;
import dev.nightdesk.run.WallShares.Share;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WallSharesTest {

  private static final Phase DOORS = Phase.table("doors");
  private static final Phase WINDOWS = Phase.table("windows");

  private static Stretch seconds(long from, long to) {
    return new Stretch(1000 * from, 1000 * to);
  }

  @Test
  void aMomentIsDividedAmongThePhasesThatRunAndWhatIsLeftIsTheRest() {
    WallShares shares =
        WallShares.of(
            seconds(100, 120),
            Map.of(
                DOORS, List.of(seconds(102, 110), seconds(112, 113)),
                WINDOWS, List.of(seconds(106, 112))),
            List.of(seconds(104, 108), seconds(112, 120)));

    // 4 s alone, 4 s beside the windows, 1 s alone; tasks ran in 2 + 1 + 1 of these 7 s.
    assertThat(shares.of(DOORS)).isEqualTo(new Share(7, 3));
    // 4 s beside the doors, 2 s alone; tasks ran in 1 of these 4 s.
    assertThat(shares.of(WINDOWS)).isEqualTo(new Share(4, 3));
    assertThat(shares.rest()).isEqualTo(new Share(9, 2));
  }

  @Test
  void aStepWithoutPhasesIsAllRest() {
    WallShares shares = WallShares.of(seconds(1, 3), Map.of(), List.of());

    assertThat(shares.rest()).isEqualTo(new Share(2, 2));
    assertThat(shares.of(DOORS)).isEqualTo(new Share(0, 0));
  }

  @Test
  void whatALeapOfTheClockPutsOutsideOfTheStepIsNoTime() {
    WallShares shares =
        WallShares.of(
            seconds(10, 20), Map.of(DOORS, List.of(seconds(15, 5))), List.of(seconds(18, 90)));

    assertThat(shares.of(DOORS)).isEqualTo(new Share(0, 0));
    assertThat(shares.rest()).isEqualTo(new Share(10, 8));
  }
}
