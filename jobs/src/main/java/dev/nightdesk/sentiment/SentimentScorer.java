package dev.nightdesk.sentiment;

/** Says how pleased a text sounds. The same text always gets the same score. */
public interface SentimentScorer {

  /**
   * What stands beside every score: scorer, version and language, like {@code vader-3.3.2-en}.
   * Another rule or another lexicon is another code.
   */
  String code();

  /** The language that it reads, as the primary subtag of BCP 47, like {@code en}. */
  String language();

  /**
   * The score of a text.
   *
   * @param ownWords what the author wrote, without quotes and signature: see {@link OwnWords}
   * @return from -1 (annoyed) to 1 (pleased), rounded to four digits; 0 if no word tells
   */
  double score(String ownWords);
}
