package dev.nightdesk.logic;

import java.util.List;

/**
 * What the fact tables say of one ticket. Instants are microseconds.
 *
 * <p>The columns of {@code fact_ticket} give the meaning of what has their name. A ticket whose
 * creation lies after as of has none of the lists and is not counted yet.
 *
 * @param firstReply of an inbound ticket, whatever waits there were; null: none
 * @param chatRequest null: no chat, or no human was asked for
 * @param firstSolve null: never solved
 * @param firstResolution creation to first solve; null: never solved
 * @param lastSolve null: not resolved as of the run
 * @param resolution creation to last solve; null: not resolved as of the run
 * @param touchCount of a source that tells first replies only, all replies that its row counts;
 *     null: not resolved as of the run, or nobody knows
 * @param deferredFromAt the first instant of the records that lies after as of; null: none
 */
public record TicketFacts(
    TicketHeader header,
    boolean isOutbound,
    boolean isCounted,
    boolean isSpam,
    boolean isDeleted,
    String mergedIntoKey,
    String priorityCode,
    Status status,
    long createdAt,
    String createdAgentKey,
    String assigneeKey,
    FirstReply firstReply,
    SolveCycle firstSolve,
    Elapsed firstResolution,
    SolveCycle lastSolve,
    Elapsed resolution,
    long solveCount,
    long reopenCount,
    Long touchCount,
    long replyingAgentCount,
    long incomingMessageCount,
    long outgoingMessageCount,
    long botMessageCount,
    ChatRequest chatRequest,
    Long deferredFromAt,
    List<StatusInterval> statuses,
    List<SolveCycle> resolutions,
    List<WaitEpisode> responses,
    List<SlaInstance> sla,
    List<BacklogChange> backlogChanges,
    List<SentMessage> messages,
    List<RatedSurvey> surveys,
    List<Call> calls,
    List<MacroUse> macroUses) {}
