package dev.nightdesk.run;

import dev.nightdesk.table.Definitions;
import java.nio.file.Path;
import java.util.Map;

/** The definitions of a warehouse that configures none, for tests. */
public final class DefaultDefinitions {

  /** As {@code nightdesk-defaults.yaml} says. */
  public static final Definitions VALUE =
      NightdeskConfig.of(Settings.read(null, Map.of(), Map.of()), Path.of("/")).definitions();

  private DefaultDefinitions() {}

  /** The same, with money in euros. */
  public static Definitions inEuros() {
    return new Definitions(
        VALUE.csatCutPoints(),
        VALUE.defaultSlaTargets(),
        VALUE.channelGroups(),
        VALUE.botKeys(),
        VALUE.windows(),
        VALUE.handleTime(),
        "EUR",
        VALUE.sentimentLanguage(),
        VALUE.identity(),
        VALUE.yardsticks());
  }
}
