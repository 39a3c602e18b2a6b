package dev.nightdesk.logic;

/**
 * A survey of a ticket with its latest answer, as its newest record tells it.
 *
 * @param agentKey whom the source credits; null: the ticket's history decides
 * @param scaleMin null: answers are words
 * @param scaleMax null: answers are words
 * @param score null: not answered, or by a word
 * @param answerCode good or bad; null: not answered, or by a number
 * @param sentAt microseconds; null: never sent
 * @param answeredAt microseconds; null: not answered
 */
public record Survey(
    String surveyKey,
    String sourceCode,
    String customerKey,
    String agentKey,
    String kindCode,
    Double scaleMin,
    Double scaleMax,
    boolean isHigherBetter,
    Double score,
    String answerCode,
    Long sentAt,
    Long answeredAt) {

  /** The survey as known before an instant; null if nothing of it is. */
  Survey before(long asOf) {
    boolean isSent = sentAt != null && sentAt < asOf;
    boolean isAnswered = answeredAt != null && answeredAt < asOf;
    if (isAnswered) {
      return this;
    }
    if (!isSent && (sentAt != null || answeredAt != null)) {
      return null;
    }
    return new Survey(
        surveyKey,
        sourceCode,
        customerKey,
        agentKey,
        kindCode,
        scaleMin,
        scaleMax,
        isHigherBetter,
        null,
        null,
        sentAt,
        null);
  }
}
