package dev.nightdesk.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaderScorerTest {

  private static final SentimentScorer SCORER = SentimentScorers.of("en");

  /** The figures are the compound scores of the Python package vaderSentiment 3.3.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      textBlock =
          """
             0.8316 | VADER is smart, handsome, and funny.
             0.8439 | VADER is smart, handsome, and funny!
             0.8545 | VADER is very smart, handsome, and funny.
             0.9227 | VADER is VERY SMART, handsome, and FUNNY.
             0.9342 | VADER is VERY SMART, handsome, and FUNNY!!!
            -0.7424 | VADER is not smart, handsome, nor funny.
             0.4310 | At least it isn't a horrible book.
             0.3832 | The book was only kind of good.
            -0.7042 | The plot was good, but the characters are uncompelling and the dialog is not great.
            -0.5461 | Today SUX!
             0.5249 | Today only kinda sux! But I'll get by, lol
             0.8633 | Make sure you :) or :D today!
             0.8750 | Catch utf-8 emoji such as 💘 and 💋 and 😁
             0.4310 | Not bad at all
             0.5672 | Sentiment analysis has never been this good!
             0.7013 | Without a doubt, excellent idea.
            -0.1695 | One of the least compelling variations on this theme.
             0.2263 | It is at least compelling as a variation.
             0.8020 | On the other hand, it is quite bad ass
             0.3612 | Thank you so much, that was really fast.
             0.7589 | I have no complaints, no problem and no regrets.
            -0.5563 | The parcel never arrived and I am extremely angry.
             0.0000 | The parcel was handed over to the carrier on Monday.
             0.3736 | Is this a joke??
             0.0000 | Why?? Why does nobody answer????
            -0.4588 | This is unacceptable, I have been waiting for two weeks.
             0.1548 | It's barely usable and hardly worth the money.
             0.3612 | I don't think that I would recommend this.
            -0.6765 | Your answer did not help at all and I am angry.
             0.9086 | Yeah right, great service, really GREAT.
             0.0341 | I can wait, no hurry or stress.
             0.2960 | ok
          """)
  void scoresAreThoseOfTheReference(double reference, String text) {
    assertThat(SCORER.score(text)).isEqualTo(reference);
  }

  @Test
  void aTypographicApostropheIsAnApostrophe() {
    assertThat(SCORER.score("It isn\u2019t good.")).isEqualTo(SCORER.score("It isn't good."));
    assertThat(SCORER.score("It isn\u2019t good.")).isNegative();
  }

  @Test
  void anEmojiIsTheSameWithAndWithoutItsInvisibleSign() {
    assertThat(SCORER.score("\u2764\ufe0f the tent")).isEqualTo(SCORER.score("\u2764 the tent"));
  }

  /** The package weighs a word after but a second time where an equal valence precedes it. */
  @Test
  void aWordBesideButIsWeighedOnce() {
    // good has 1.9: before but 0.95, after it 2.85, in all 3.8; 3.8 / sqrt(3.8² + 15) = 0.7003.
    assertThat(SCORER.score("good but good")).isEqualTo(0.7003);
  }

  @Test
  void aTextWithoutWordsHasNoMood() {
    assertThat(SCORER.score("")).isZero();
    assertThat(SCORER.score("4711 !!")).isZero();
  }

  @Test
  void onlyTheFirstPartOfALanguageTagCounts() {
    assertThat(SentimentScorers.of("EN-gb")).isSameAs(SCORER);
    assertThat(SentimentScorers.of("en_US")).isSameAs(SCORER);
    assertThat(SentimentScorers.of("de")).isNull();
    assertThat(SentimentScorers.of("eng")).isNull();
    assertThat(SentimentScorers.of("")).isNull();
    assertThat(SentimentScorers.of(null)).isNull();
    assertThat(SCORER.code()).isEqualTo("vader-3.3.2-en");
  }
}
