package dev.nightdesk.logic;

import java.util.Objects;

/**
 * A ticket as its newest record tells it; what its entries tell lies in {@link Change} and {@link
 * Message}.
 *
 * <p>A type, channel, brand or team that is not given is {@code unspecified}; every other text but
 * the key, the source and the id may be null.
 *
 * @param createdAt microseconds; null: the earliest entry decides
 * @param stated the state that the row tells; null: it tells none
 * @param hasFirstReplyOnly of the agents' messages the source tells the first only
 * @param replyCount agents' public replies, as the row counts them; null: it does not
 * @param versionAt when the record was made, in microseconds: the last resort for the creation
 */
public record TicketHeader(
    String ticketKey,
    String sourceCode,
    String ticketId,
    String customerKey,
    String openerKey,
    String directionCode,
    String typeCode,
    String channelCode,
    String priorityCode,
    String brandCode,
    String teamCode,
    String scheduleKey,
    String followUpOfKey,
    String mergedIntoKey,
    boolean isSpam,
    boolean isDeleted,
    boolean isSample,
    Long createdAt,
    StatedState stated,
    boolean hasFirstReplyOnly,
    Long replyCount,
    long versionAt) {

  public TicketHeader {
    Objects.requireNonNull(ticketKey, "ticketKey");
    Objects.requireNonNull(sourceCode, "sourceCode");
    Objects.requireNonNull(ticketId, "ticketId");
    Objects.requireNonNull(typeCode, "typeCode");
    Objects.requireNonNull(channelCode, "channelCode");
    Objects.requireNonNull(brandCode, "brandCode");
    Objects.requireNonNull(teamCode, "teamCode");
  }
}
