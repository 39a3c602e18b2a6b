package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.io.Checkpoints.Point;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KillTest {

  @Test
  void fifteenKillsReachEveryPointAndOneMomentThatHasNoName() {
    assertThat(Kill.plan(15, 7).stream().map(Kill::point).filter(Objects::nonNull))
        .containsExactlyInAnyOrder(Point.values());
    assertThat(Kill.plan(15, 7).stream().map(Kill::point).filter(Objects::isNull)).hasSize(1);
  }

  @Test
  void fiveKillsReachCommitsAndTheEndOfAPublicationAndOneMomentThatHasNoName() {
    assertThat(Kill.plan(5, 7).stream().map(Kill::point))
        .containsExactly(
            null, Point.FACTS, Point.IN_LOG, Point.IN_COMMIT, Point.BEFORE_PUBLICATION);
  }

  @Test
  void theSeedSaysWhereTheOthersAre() {
    assertThat(Kill.plan(40, 7)).hasSize(40).isEqualTo(Kill.plan(40, 7));
    assertThat(Kill.plan(40, 7)).isNotEqualTo(Kill.plan(40, 8));
  }
}
