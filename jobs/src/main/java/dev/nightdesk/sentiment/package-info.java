/**
 * How pleased a text sounds: a score from -1 to 1 of what its author wrote, by a rule that gives
 * the same text the same score for ever.
 *
 * <p>A leaf: it knows texts and languages, no tables. A scorer is added by implementing {@link
 * dev.nightdesk.sentiment.SentimentScorer} and naming it in {@link
 * dev.nightdesk.sentiment.SentimentScorers}.
 */
package dev.nightdesk.sentiment;
