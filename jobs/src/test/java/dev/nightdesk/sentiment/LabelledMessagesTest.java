package dev.nightdesk.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the scorer gets wrong on sixty messages whose labels people gave before it read them.
 *
 * <p>The numbers are its errors, not its duty: who improves it changes them here and in the README
 * of the folder.
 */
class LabelledMessagesTest {

  private static final Path MESSAGES = Path.of("../fixtures/sentiment/support-en.tsv");

  @Test
  void theErrorsOnTheLabelledMessagesAreThese() throws IOException {
    List<String> lines = Files.readAllLines(MESSAGES);
    Map<String, Integer> counts = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", 2);
      counts.merge(cells[0] + " read as " + labelOf(cells[1]), 1, Integer::sum);
    }

    assertThat(counts)
        .containsExactly(
            Map.entry("negative read as negative", 9),
            Map.entry("negative read as neutral", 9),
            Map.entry("negative read as positive", 2),
            Map.entry("neutral read as neutral", 14),
            Map.entry("neutral read as positive", 8),
            Map.entry("positive read as neutral", 3),
            Map.entry("positive read as positive", 15));
  }

  /** The limits of the KPIs. */
  private static String labelOf(String text) {
    double score = SentimentScorers.of("en").score(OwnWords.of(text));
    return score >= 0.25 ? "positive" : score <= -0.25 ? "negative" : "neutral";
  }
}
