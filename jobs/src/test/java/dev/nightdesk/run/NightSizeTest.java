package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NightSizeTest {

  private static final String QUICK_START = "nightdesk.quick-start";
  private static final long MEGABYTE = 1024 * 1024;

  @BeforeEach
  void startQuickly() {
    System.setProperty(QUICK_START, "true");
  }

  @AfterEach
  void forget() {
    System.clearProperty(QUICK_START);
  }

  @Test
  void aJvmThatStartsQuicklyGivesALargeNightBack() {
    assertThatThrownBy(() -> NightSize.AUTO.requireFullCompilerFor(500 * MEGABYTE))
        .isInstanceOfSatisfying(
            NightdeskException.class,
            given -> assertThat(given.exitCode()).isEqualTo(ExitCode.BULK))
        .hasMessageContaining("524288000 bytes");
    assertThatThrownBy(() -> NightSize.LARGE.requireFullCompilerFor(1))
        .isInstanceOf(NightdeskException.class);
  }

  @Test
  void aSmallNightStaysAndSoDoesOneThatIsSaidToBe() {
    assertThatCode(() -> NightSize.AUTO.requireFullCompilerFor(MEGABYTE - 1))
        .doesNotThrowAnyException();
    assertThatCode(() -> NightSize.SMALL.requireFullCompilerFor(500 * MEGABYTE))
        .doesNotThrowAnyException();
  }

  @Test
  void aJvmThatNobodyCanExchangeComputesWhatItIsGiven() {
    System.clearProperty(QUICK_START);
    assertThatCode(() -> NightSize.LARGE.requireFullCompilerFor(500 * MEGABYTE))
        .doesNotThrowAnyException();
  }
}
