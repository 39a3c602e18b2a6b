package dev.nightdesk.sentiment;

import java.util.List;
import java.util.Locale;

/**
 * The scorers that there are, one per language.
 *
 * <p>English only: of the lexicons found for German, Danish and others none may be shipped with a
 * product (SentiWS is for non-commercial use, AFINN is under the GPL or the ODbL, which would bind
 * what is made of it). A text in another language has no score rather than a guess.
 */
public final class SentimentScorers {

  private static final List<SentimentScorer> ALL = List.of(new VaderScorer());

  private SentimentScorers() {}

  /**
   * The scorer of a language.
   *
   * @param languageTag BCP 47, or with an underscore; only the primary subtag counts: {@code en-GB}
   *     is {@code en}
   * @return null if the language is null, empty or read by none
   */
  public static SentimentScorer of(String languageTag) {
    if (languageTag == null) {
      return null;
    }
    int end = 0;
    while (end < languageTag.length()
        && languageTag.charAt(end) != '-'
        && languageTag.charAt(end) != '_') {
      end++;
    }
    String language = languageTag.substring(0, end).toLowerCase(Locale.ROOT);
    for (SentimentScorer scorer : ALL) {
      if (scorer.language().equals(language)) {
        return scorer;
      }
    }
    return null;
  }
}
