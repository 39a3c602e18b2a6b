package dev.nightdesk.logic;

import static dev.nightdesk.logic.TicketScript.at;
import static dev.nightdesk.logic.TicketScript.createdAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightdesk.logic.SlaPolicy.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhoneTicketTest {

  private static final String DAY = "2021-06-28T";

  /** Started 10:00:00, queued 10:00:10, answered 10:01:00; the ticket is made at 10:00:30. */
  private static TicketScript answeredAfterFiftySeconds() {
    return createdAt(DAY + "10:00:30")
        .by("phone")
        .call(DAY + "10:00:00", DAY + "10:00:10", DAY + "10:01:00", "h:ann", "h:bob");
  }

  @Test
  void theFirstResponseOfAPhoneTicketIsTheWaitOfItsAnsweredCall() {
    TicketFacts facts = answeredAfterFiftySeconds().agent(DAY + "10:20:00", "h:bob").read();

    assertThat(facts.firstReply())
        .isEqualTo(new FirstReply(at(DAY + "10:01:00"), "h:ann", new Elapsed(50, 50)));
    assertThat(facts.replyingAgentCount()).as("Ann on the phone, Bob in writing").isEqualTo(2);
  }

  @Test
  void withoutAQueueTheWaitBeginsWithTheCall() {
    TicketFacts facts =
        createdAt(DAY + "10:00:00")
            .by("phone")
            .call(DAY + "10:00:00", null, DAY + "10:00:07", "h:ann")
            .read();

    assertThat(facts.firstReply().elapsed().seconds()).isEqualTo(7);
  }

  @Test
  void aWrittenReplyBeforeTheCallIsTheFirstResponseSinceTheCreation() {
    TicketFacts facts =
        answeredAfterFiftySeconds()
            .customer(DAY + "10:00:30")
            .agent(DAY + "10:00:50", "h:bob")
            .read();

    assertThat(facts.firstReply())
        .isEqualTo(new FirstReply(at(DAY + "10:00:50"), "h:bob", new Elapsed(20, 20)));
  }

  @Test
  void theCallThatMadeTheDeskOpenATicketRepliesAtItsCreation() {
    TicketFacts facts =
        createdAt(DAY + "10:05:00")
            .by("phone")
            .call(DAY + "10:00:00", DAY + "10:00:00", DAY + "10:01:00", "h:ann")
            .read();

    assertThat(facts.firstReply())
        .isEqualTo(new FirstReply(at(DAY + "10:05:00"), "h:ann", new Elapsed(60, 60)));
  }

  @Test
  void onlyAnsweredInboundCallsOfInboundPhoneTicketsReply() {
    TicketScript unanswered =
        createdAt(DAY + "10:00:00").by("phone").call(DAY + "10:00:00", DAY + "10:00:00", null);
    TicketScript calledBack =
        createdAt(DAY + "10:00:00")
            .by("phone")
            .outboundCall(DAY + "10:30:00", DAY + "10:30:10", "h:ann");
    TicketScript byMail =
        createdAt(DAY + "10:00:00").call(DAY + "10:00:00", null, DAY + "10:00:07", "h:ann");
    TicketScript outbound =
        createdAt(DAY + "10:00:00")
            .by("phone")
            .outbound()
            .call(DAY + "10:00:00", null, DAY + "10:00:07", "h:ann");

    assertThat(List.of(unanswered, calledBack, byMail, outbound))
        .extracting(script -> script.read().firstReply(), script -> script.read().calls().size())
        .containsOnly(tuple(null, 1));
    assertThat(byMail.read().replyingAgentCount()).isZero();
  }

  @Test
  void anAnswerAtOrAfterAsOfIsNoReplyYetAndDefersTheTicket() {
    TicketFacts before = answeredAfterFiftySeconds().asOf(DAY + "10:01:00");

    assertThat(before.firstReply()).isNull();
    assertThat(before.calls()).hasSize(1);
    assertThat(before.deferredFromAt()).isEqualTo(at(DAY + "10:01:00"));
    assertThat(answeredAfterFiftySeconds().asOf(DAY + "10:01:01").firstReply()).isNotNull();
  }

  @Test
  void aCallIsOneTouchAndLeavesTheRunsOfMessagesAsTheyAre() {
    TicketFacts facts =
        answeredAfterFiftySeconds()
            .agent(DAY + "10:10:00", "h:ann")
            .call(DAY + "10:20:00", null, DAY + "10:20:05", "h:bob")
            .agent(DAY + "10:30:00", "h:ann")
            .status(DAY + "10:40:00", "solved", "h:ann")
            .call(DAY + "11:00:00", null, DAY + "11:00:05", "h:bob")
            .read();

    assertThat(facts.touchCount())
        .as("two calls before the solve, and one run of Ann's two messages")
        .isEqualTo(3);
    assertThat(facts.messages())
        .extracting(SentMessage::isExchangeStart)
        .containsExactly(true, false);
    assertThat(facts.outgoingMessageCount()).isEqualTo(2);
  }

  @Test
  void aCallClosesNoWait() {
    TicketFacts facts =
        createdAt(DAY + "10:00:00")
            .by("phone")
            .customer(DAY + "10:00:00")
            .call(DAY + "10:10:00", null, DAY + "10:10:05", "h:ann")
            .agent(DAY + "10:30:00", "h:ann")
            .read();

    assertThat(facts.responses())
        .extracting(wait -> wait.elapsed().seconds(), WaitEpisode::isFirst)
        .containsExactly(tuple(1_800L, true));
  }

  @Test
  void theAnswerFulfilsThePromiseOfAFirstResponse() {
    SlaPolicies withinAMinute =
        SlaPolicies.of(
            List.of(
                new SlaPolicy(
                    "h:p",
                    1,
                    Set.of(),
                    Set.of(),
                    null,
                    List.of(new Target(SlaMetric.FIRST_RESPONSE, null, 30, false)))));

    SlaInstance met = answeredAfterFiftySeconds().with(withinAMinute).read().sla().get(0);
    assertThat(met.startedAt()).isEqualTo(at(DAY + "10:00:30"));
    assertThat(met.fulfilledAt()).isEqualTo(at(DAY + "10:01:00"));
    assertThat(met.isBreachedWhenDecided()).as("answered at the target").isFalse();
  }

  @Test
  void aMacroInOneMessageIsUsedOnceByWhomeverUsedItFirst() {
    TicketFacts facts =
        createdAt(DAY + "10:00:00")
            .macro(DAY + "10:20:00", "h:m1", "message:1", "h:bob")
            .macro(DAY + "10:10:00", "h:m1", "message:1", "h:ann")
            .macro(DAY + "10:10:00", "h:m2", "message:1", "h:ann")
            .macro(DAY + "10:30:00", "h:m1", "event:1", "h:bob")
            .macro(DAY + "11:00:00", "h:m1", "event:2", "h:bob")
            .asOf(DAY + "11:00:00");

    assertThat(facts.macroUses())
        .extracting(MacroUse::macroKey, MacroUse::usedInId, MacroUse::agentKey)
        .containsExactly(
            tuple("h:m1", "message:1", "h:ann"),
            tuple("h:m2", "message:1", "h:ann"),
            tuple("h:m1", "event:1", "h:bob"));
    assertThat(facts.deferredFromAt()).isEqualTo(at(DAY + "11:00:00"));
  }
}
