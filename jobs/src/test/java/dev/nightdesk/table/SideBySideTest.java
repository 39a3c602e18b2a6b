package dev.nightdesk.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  @Test
  void resultsComeInTheOrderOfTheWorkThoughTheFirstEndsLast() {
    CountDownLatch second = new CountDownLatch(1);
    List<Callable<String>> work =
        List.of(
            () -> {
              assertThat(second.await(1, TimeUnit.MINUTES)).isTrue();
              return "first";
            },
            () -> {
              second.countDown();
              return "second";
            });
    assertThat(SideBySide.all(2, work)).containsExactly("first", "second");
  }

  @Test
  void noThreadIsOneOfTheCommonPool() {
    assertThat(SideBySide.all(1, List.of(ForkJoinTask::inForkJoinPool))).containsExactly(false);
  }

  @Test
  void aFailureIsThrownAsItIs() {
    Callable<String> fails =
        () -> {
          throw new IllegalArgumentException("no such table");
        };
    assertThatThrownBy(() -> SideBySide.all(2, List.of(() -> "fine", fails)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such table");
  }

  @Test
  void aCheckedFailureKeepsItsWordsAndCause() {
    Callable<String> fails =
        () -> {
          throw new IOException("disk full");
        };
    assertThatThrownBy(() -> SideBySide.all(1, List.of(fails)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("disk full")
        .hasCauseInstanceOf(IOException.class);
  }
}
