package dev.nightdesk.logic;

import static dev.nightdesk.logic.TicketScript.at;
import static dev.nightdesk.logic.TicketScript.createdAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightdesk.logic.BacklogChange.Part;
import dev.nightdesk.logic.WaitEpisode.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketMachineTest {

  /** Golden case 3. */
  @Test
  void meanResponseIsOverWaitsAndResolutionFromCreation() {
    TicketFacts facts =
        createdAt("2021-06-28T04:00:00")
            .customer("2021-06-28T04:00:00")
            .agent("2021-06-28T04:15:00", "h:ann")
            .customer("2021-06-28T05:00:00")
            .agent("2021-06-28T05:05:00", "h:ann")
            .status("2021-06-28T05:05:00", "solved", "h:ann")
            .read();

    assertThat(facts.responses())
        .extracting(wait -> wait.elapsed().seconds())
        .containsExactly(900L, 300L);
    assertThat(facts.responses()).extracting(WaitEpisode::isFirst).containsExactly(true, false);
    assertThat(facts.resolution().seconds()).isEqualTo(3_900);
    assertThat(facts.firstReply().elapsed().seconds()).isEqualTo(900);
    assertThat(facts.touchCount()).isEqualTo(2);
  }

  private static TicketScript reopenedOnDay3() {
    return createdAt("2021-06-01T08:00:00")
        .customer("2021-06-01T08:00:00")
        .status("2021-06-01T09:00:00", "solved", "h:ann")
        .status("2021-06-03T10:00:00", "open", "h:customer")
        .status("2021-06-04T11:00:00", "solved", "h:bob");
  }

  /** Golden case 4: backlog 0, 0, 1, 0; solve events 1, 0, 0, 1. */
  @Test
  void aReopenedTicketIsInTheBacklogUntilItIsSolvedAgain() {
    TicketFacts facts = reopenedOnDay3().asOf("2021-06-05T00:00:00");

    assertThat(List.of("02", "03", "04", "05"))
        .extracting(day -> backlogAt(facts, "2021-06-" + day + "T00:00:00"))
        .containsExactly(0, 0, 1, 0);
    assertThat(facts.resolutions())
        .extracting(SolveCycle::solvedAt)
        .containsExactly(at("2021-06-01T09:00:00"), at("2021-06-04T11:00:00"));
    assertThat(facts.lastSolve().solvedByKey()).isEqualTo("h:bob");
    assertThat(facts.resolution().seconds()).isEqualTo(3 * 86_400 + 3 * 3_600);
    assertThat(facts.reopenCount()).isEqualTo(1);
  }

  /** Golden case 4: as of day 3. */
  @Test
  void aReopenedTicketHasAFirstResolutionButNoLastOne() {
    TicketFacts facts = reopenedOnDay3().asOf("2021-06-04T00:00:00");

    assertThat(facts.resolution()).isNull();
    assertThat(facts.lastSolve()).isNull();
    assertThat(facts.touchCount()).isNull();
    assertThat(facts.firstResolution().seconds()).isEqualTo(3_600);
    assertThat(facts.status()).isEqualTo(Status.OPEN);
    assertThat(facts.deferredFromAt()).isEqualTo(at("2021-06-04T11:00:00"));
  }

  /** Golden case 5. */
  @Test
  void solvedToClosedIsOneSolveAndClosedAloneIsOneToo() {
    TicketFacts closedLater =
        createdAt("2021-06-01T08:00:00")
            .status("2021-06-01T09:00:00", "solved", "h:ann")
            .status("2021-06-05T09:00:00", "closed", "h:robot")
            .read();
    TicketFacts closedOnly =
        createdAt("2021-06-01T08:00:00").status("2021-06-01T09:00:00", "closed", "h:ann").read();

    assertThat(closedLater.solveCount()).isEqualTo(1);
    assertThat(closedLater.lastSolve().solvedAt()).isEqualTo(at("2021-06-01T09:00:00"));
    assertThat(closedLater.status()).isEqualTo(Status.CLOSED);
    assertThat(closedOnly.solveCount()).isEqualTo(1);
  }

  /** Golden case 5. */
  @Test
  void aRecoveredTicketKeepsItsSolveAndWasNeverReopened() {
    TicketScript script =
        createdAt("2021-06-01T08:00:00")
            .status("2021-06-01T09:00:00", "solved", "h:ann")
            .status("2021-06-02T09:00:00", "deleted", "h:bob")
            .status("2021-06-03T09:00:00", "solved", "h:bob");

    assertThat(script.asOf("2021-06-03T00:00:00").isDeleted()).isTrue();
    assertThat(script.asOf("2021-06-03T00:00:00").isCounted()).isFalse();
    TicketFacts recovered = script.read();
    assertThat(recovered.isCounted()).isTrue();
    assertThat(recovered.reopenCount()).isZero();
    assertThat(recovered.lastSolve().solvedAt()).isEqualTo(at("2021-06-01T09:00:00"));
    assertThat(recovered.lastSolve().solvedByKey()).isEqualTo("h:ann");
  }

  /** Golden case 5. */
  @Test
  void aTicketMergedAwayIsNotCountedButKeepsItsStatuses() {
    TicketScript byRow =
        createdAt("2021-06-01T08:00:00")
            .status("2021-06-01T09:00:00", "solved", "h:ann")
            .mergedInto("h:2");
    TicketScript byEvent =
        createdAt("2021-06-01T08:00:00")
            .change("2021-06-01T09:00:00", "merge", null, "h:2", "h:ann");

    assertThat(byRow.read().isCounted()).isFalse();
    assertThat(byRow.read().solveCount()).isEqualTo(1);
    assertThat(byEvent.read().isCounted()).isFalse();
    assertThat(byEvent.read().mergedIntoKey()).isEqualTo("h:2");
    assertThat(byEvent.asOf("2021-06-01T09:00:00").isCounted()).isTrue();
  }

  /** Golden case 6. */
  @Test
  void aNoteIsNoReply() {
    TicketScript noted =
        createdAt("2021-06-01T08:00:00")
            .customer("2021-06-01T08:00:00")
            .note("2021-06-01T08:10:00", "h:ann");

    assertThat(noted.read().firstReply()).isNull();
    assertThat(noted.read().outgoingMessageCount()).isZero();
    TicketFacts replied = noted.agent("2021-06-01T08:30:00", "h:ann").read();
    assertThat(replied.firstReply().at()).isEqualTo(at("2021-06-01T08:30:00"));
    assertThat(replied.firstReply().elapsed().seconds()).isEqualTo(1_800);
  }

  /** Golden case 6. */
  @Test
  void aTicketThatAnAgentOpenedHasNoFirstResponse() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .outbound()
            .agent("2021-06-01T08:00:00", "h:ann")
            .customer("2021-06-01T09:00:00")
            .agent("2021-06-01T09:10:00", "h:bob")
            .read();

    assertThat(facts.firstReply()).isNull();
    assertThat(facts.replyingAgentCount()).isEqualTo(1);
    assertThat(facts.responses())
        .extracting(wait -> wait.elapsed().seconds())
        .containsExactly(600L);
  }

  /** Golden case 7. */
  @Test
  void aReplyInTheSecondOfTheMessageTookNoTime() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .customer("2021-06-01T08:00:00")
            .agent("2021-06-01T08:00:00", "h:ann")
            .read();

    assertThat(facts.firstReply().elapsed().seconds()).isZero();
    assertThat(facts.responses()).extracting(wait -> wait.elapsed().seconds()).containsExactly(0L);
  }

  /** Golden case 7. */
  @Test
  void aBotDoesNotEndTheWait() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .customer("2021-06-01T08:00:00")
            .bot("2021-06-01T08:00:20")
            .agent("2021-06-01T08:01:02", "h:ann")
            .read();

    assertThat(facts.firstReply().elapsed().seconds()).isEqualTo(62);
    assertThat(facts.responses()).extracting(wait -> wait.elapsed().seconds()).containsExactly(62L);
    assertThat(waitingAt(facts, "2021-06-01T08:01:01")).isEqualTo(1);
    assertThat(waitingAt(facts, "2021-06-01T08:01:02")).isZero();
    assertThat(facts.botMessageCount()).isEqualTo(1);
  }

  /** Golden case 13. */
  @Test
  void theSolverKeepsTheCreditWhenTheTicketIsReassigned() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .assign("2021-06-01T08:01:00", "h:ann")
            .status("2021-06-01T09:00:00", "solved", "h:robot")
            .assign("2021-07-01T00:00:00", "h:bob")
            .read();

    assertThat(facts.lastSolve().solvedByKey()).isEqualTo("h:ann");
    assertThat(facts.lastSolve().solverClass()).isEqualTo(AuthorClass.BOT);
    assertThat(facts.assigneeKey()).isEqualTo("h:bob");
    assertThat(facts.createdAgentKey()).isEqualTo("h:ann");
  }

  /** Golden case 17. */
  @Test
  void exchangesAreRunsThatNotesAndBotsDoNotBreak() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .customer("2021-06-01T08:00:00")
            .bot("2021-06-01T08:01:00")
            .customer("2021-06-01T08:02:00")
            .note("2021-06-01T08:03:00", "h:ann")
            .agent("2021-06-01T08:04:00", "h:ann")
            .agent("2021-06-01T08:05:00", "h:bob")
            .customer("2021-06-01T08:06:00")
            .agent("2021-06-01T08:07:00", "h:ann")
            .read();

    assertThat(exchanges(facts, AuthorClass.CUSTOMER)).isEqualTo(2);
    assertThat(exchanges(facts, AuthorClass.AGENT)).isEqualTo(2);
    assertThat(exchanges(facts, AuthorClass.BOT)).isZero();
  }

  @Test
  void allAgentLinesOfOneChatAreOneExchange() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .chat("2021-06-01T08:00:00", AuthorClass.CUSTOMER, "c1")
            .chat("2021-06-01T08:01:00", AuthorClass.AGENT, "c1")
            .chat("2021-06-01T08:02:00", AuthorClass.CUSTOMER, "c1")
            .chat("2021-06-01T08:03:00", AuthorClass.AGENT, "c1")
            .status("2021-06-01T08:04:00", "solved", "h:ann")
            .read();

    assertThat(facts.touchCount()).isEqualTo(1);
    assertThat(facts.responses()).hasSize(2);
  }

  @Test
  void aSolveWithoutReplyEndsTheWaitUnanswered() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .customer("2021-06-01T08:00:00")
            .assign("2021-06-01T08:30:00", "h:bob")
            .status("2021-06-01T09:00:00", "solved", "h:ann")
            .customer("2021-06-02T09:00:00")
            .status("2021-06-02T09:00:00", "open", "h:customer")
            .agent("2021-06-02T09:02:00", "h:ann")
            .customer("2021-06-02T10:00:00")
            .read();

    assertThat(facts.responses())
        .extracting(WaitEpisode::outcome, WaitEpisode::agentKey, WaitEpisode::isFirst)
        .containsExactly(
            tuple(Outcome.UNANSWERED, "h:bob", false),
            tuple(Outcome.ANSWERED, "h:ann", true),
            tuple(Outcome.OPEN, "h:bob", false));
    assertThat(facts.responses().get(1).elapsed().seconds()).isEqualTo(120);
    assertThat(facts.responses().get(2).endedAt()).isNull();
  }

  @Test
  void messagesOfAMergedTicketFromBeforeTheCreationCountButDoNotWait() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .mergedMessage("2021-05-31T08:00:00", AuthorClass.CUSTOMER)
            .mergedMessage("2021-05-31T09:00:00", AuthorClass.AGENT)
            .customer("2021-06-01T08:00:00")
            .mergedMessage("2021-06-01T08:05:00", AuthorClass.AGENT)
            .read();

    assertThat(facts.incomingMessageCount()).isEqualTo(2);
    assertThat(facts.outgoingMessageCount()).isEqualTo(2);
    assertThat(facts.responses())
        .extracting(wait -> wait.elapsed().seconds())
        .containsExactly(300L);
    assertThat(facts.firstReply().elapsed().seconds()).isEqualTo(300);
    assertThat(exchanges(facts, AuthorClass.AGENT)).isEqualTo(2);
    assertThat(facts.replyingAgentCount()).isEqualTo(1);
  }

  @Test
  void backlogChangesFollowAssigneeStatusAndAge() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .assign("2021-06-01T09:00:00", "h:ann")
            .status("2021-06-01T09:00:00", "open", "h:ann")
            .read();

    assertThat(facts.backlogChanges())
        .extracting(
            BacklogChange::changedAt, BacklogChange::agentKey, change -> change.of(Part.ALL))
        .containsExactly(
            tuple(at("2021-06-01T08:00:00"), "unassigned", 1),
            tuple(at("2021-06-01T09:00:00"), "unassigned", -1),
            tuple(at("2021-06-01T09:00:00"), "h:ann", 1),
            tuple(at("2021-06-02T08:00:00"), "h:ann", 0),
            tuple(at("2021-06-04T08:00:00"), "h:ann", 0),
            tuple(at("2021-06-08T08:00:00"), "h:ann", 0),
            tuple(at("2021-07-01T08:00:00"), "h:ann", 0));
    BacklogChange left = facts.backlogChanges().get(1);
    assertThat(List.of(left.of(Part.UNASSIGNED), left.of(Part.NEW), left.of(Part.UNDER_1_DAY)))
        .containsExactly(-1, -1, -1);
    BacklogChange aged = facts.backlogChanges().get(3);
    assertThat(
            List.of(aged.of(Part.UNDER_1_DAY), aged.of(Part.FROM_1_TO_3_DAYS), aged.of(Part.OPEN)))
        .containsExactly(-1, 1, 0);
    assertThat(facts.backlogChanges().get(6).of(Part.OVER_30_DAYS)).isEqualTo(1);
  }

  @Test
  void theBacklogIsEmptyOnceTheTicketIsSolved() {
    TicketFacts facts =
        reopenedOnDay3()
            .customer("2021-06-03T10:00:00")
            .assign("2021-06-03T12:00:00", "h:bob")
            .read();

    for (Part part : Part.values()) {
      assertThat(facts.backlogChanges().stream().mapToInt(change -> change.of(part)).sum())
          .as("%s", part)
          .isZero();
    }
    assertThat(facts.backlogChanges()).hasSizeGreaterThan(3);
  }

  @Test
  void anEntryAtTheEndOfTheNightIsTheNextDays() {
    TicketScript script =
        createdAt("2021-06-01T08:00:00")
            .customer("2021-06-01T08:00:00")
            .agent("2021-06-02T00:00:00", "h:ann");

    assertThat(script.asOf("2021-06-02T00:00:00").firstReply()).isNull();
    assertThat(script.asOf("2021-06-02T00:00:00").deferredFromAt())
        .isEqualTo(at("2021-06-02T00:00:00"));
    assertThat(script.asOf("2021-06-03T00:00:00").firstReply()).isNotNull();
    assertThat(script.asOf("2021-06-03T00:00:00").deferredFromAt()).isNull();
  }

  @Test
  void aTicketOfTheNextDayIsNotCountedYet() {
    TicketFacts facts =
        createdAt("2021-06-02T08:00:00")
            .customer("2021-06-02T08:00:00")
            .asOf("2021-06-02T00:00:00");

    assertThat(facts.isCounted()).isFalse();
    assertThat(facts.deferredFromAt()).isEqualTo(at("2021-06-02T08:00:00"));
    assertThat(facts.messages()).isEmpty();
    assertThat(facts.backlogChanges()).isEmpty();
    assertThat(facts.statuses()).isEmpty();
  }

  @Test
  void withoutACreationTheEarliestEntryDecides() {
    TicketFacts facts =
        createdAt(null)
            .status("2021-06-01T09:00:00", "open", "h:ann")
            .customer("2021-06-01T08:00:00")
            .mergedMessage("2021-05-01T08:00:00", AuthorClass.CUSTOMER)
            .read();

    assertThat(facts.createdAt()).isEqualTo(at("2021-06-01T08:00:00"));
  }

  /** Golden case 11: credit. */
  @Test
  void aRatingBelongsToTheAssigneeAtThatTime() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .assign("2021-06-01T08:00:00", "h:ann")
            .survey("2021-06-02T08:00:00", "2021-06-02T09:00:00")
            .assign("2021-06-03T08:00:00", "h:bob")
            .survey("2021-06-04T08:00:00", "2021-06-09T09:00:00")
            .asOf("2021-06-05T00:00:00");

    assertThat(facts.surveys())
        .extracting(
            RatedSurvey::sentAgentKey, RatedSurvey::agentKey, rated -> rated.survey().score())
        .containsExactly(tuple("h:ann", "h:ann", 4.0), tuple("h:bob", "unassigned", null));
    assertThat(facts.deferredFromAt()).isEqualTo(at("2021-06-09T09:00:00"));
  }

  @Test
  void entriesOfOneInstantGoBySequenceThenMessagesFirstThenNumberOfTheId() {
    Message ten = message(0, "10");
    Message nine = message(0, "9");
    Message early = message(-1, "99");
    Change change = new Change(0, 0, "1", "status", null, "open", null, AuthorClass.UNKNOWN);

    assertThat(java.util.stream.Stream.<Entry>of(change, ten, nine, early).sorted(Entry.ORDER))
        .containsExactly(early, nine, ten, change);
  }

  private static Message message(long sequence, String id) {
    return new Message(
        0, sequence, id, null, AuthorClass.UNKNOWN, true, false, null, null, null, null, null);
  }

  @Test
  void anUnknownStatusIsNamedWithItsTicket() {
    assertThatThrownBy(
            () ->
                createdAt("2021-06-01T08:00:00")
                    .status("2021-06-01T09:00:00", "parked", null)
                    .read())
        .hasMessageContaining("h:1")
        .hasMessageContaining("parked");
  }

  private static int backlogAt(TicketFacts facts, String time) {
    return sum(facts, time, Part.ALL);
  }

  private static int waitingAt(TicketFacts facts, String time) {
    return sum(facts, time, Part.CUSTOMER_WAITING);
  }

  private static int sum(TicketFacts facts, String time, Part part) {
    return facts.backlogChanges().stream()
        .filter(change -> change.changedAt() <= at(time))
        .mapToInt(change -> change.of(part))
        .sum();
  }

  private static long exchanges(TicketFacts facts, AuthorClass author) {
    return facts.messages().stream()
        .filter(sent -> sent.isExchangeStart() && sent.message().authorClass() == author)
        .count();
  }
}
