package dev.nightdesk.run;

import java.util.EnumSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The same of a history alone in its warehouse, where every row is a large part of every figure.
 */
class HistoriesAloneIT extends HistoryNights {

  private static final int UNPACKED = Integer.getInteger("histories.unpacked", 0);

  /** What there is to see across all tickets of one history is there by the third night. */
  private static final int NIGHTS_ALONE = 3;

  @TestFactory
  Stream<DynamicTest> everyTableOfEveryNightOfAHistoryAloneEqualsARebuild() {
    return IntStream.rangeClosed(1, UNPACKED)
        .mapToObj(
            number ->
                DynamicTest.dynamicTest(
                    "history " + number,
                    () ->
                        requireEqualNights(
                            "alone-" + number,
                            cut(NIGHTS_ALONE, number),
                            // Few rows need not have what a mutant gets wrong.
                            EnumSet.noneOf(FactMutant.class),
                            EnumSet.noneOf(KpiMutant.class))));
  }
}
