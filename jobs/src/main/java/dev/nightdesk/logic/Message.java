package dev.nightdesk.logic;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A delivered message or note.
 *
 * @param at when it was sent, in microseconds
 * @param sequence the source's order among entries of one instant; 0 without one
 * @param id the source's own id, after the original ticket's key if that was merged away
 * @param authorKey null: unknown
 * @param authorClass what the author was then
 * @param isPublic false for a note
 * @param isFromMergedTicket written on a ticket that was merged into this one
 * @param chatSessionId null: no chat line
 * @param languageCode null: unknown
 * @param bodyLength characters; null: no text was delivered
 * @param sentimentScore -1 to 1; null: not scored
 * @param sentimentScorerCode who scored it; null: not scored
 */
public record Message(
    long at,
    long sequence,
    String id,
    String authorKey,
    AuthorClass authorClass,
    boolean isPublic,
    boolean isFromMergedTicket,
    String chatSessionId,
    String languageCode,
    Long bodyLength,
    BigDecimal sentimentScore,
    String sentimentScorerCode)
    implements Entry {

  public Message {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(authorClass, "authorClass");
  }

  /** Whether it is public and written by this class of authors. */
  public boolean isPublicBy(AuthorClass author) {
    return isPublic && authorClass == author;
  }
}
