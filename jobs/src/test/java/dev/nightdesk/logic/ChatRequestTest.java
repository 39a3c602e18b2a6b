package dev.nightdesk.logic;

import static dev.nightdesk.logic.TicketScript.at;
import static dev.nightdesk.logic.TicketScript.createdAt;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChatRequestTest {

  private static TicketScript chat() {
    return createdAt("2021-06-28T10:00:00").by("chat").customer("2021-06-28T10:00:00");
  }

  private static ChatRequest request(String requestedAt, String abandonedAt) {
    return new ChatRequest(
        at("2021-06-28T" + requestedAt),
        abandonedAt == null ? null : (Long) at("2021-06-28T" + abandonedAt));
  }

  @Test
  void withoutABotTheFirstCustomerMessageAsks() {
    assertThat(chat().agent("2021-06-28T10:02:00", "h:ann").read().chatRequest())
        .isEqualTo(request("10:00:00", null));
  }

  @Test
  void aChatThatIsSolvedBeforeAnAgentWritesIsAbandoned() {
    TicketScript closed = chat().status("2021-06-28T10:05:00", "solved", "h:robot");

    assertThat(closed.read().chatRequest()).isEqualTo(request("10:00:00", "10:05:00"));
    assertThat(closed.asOf("2021-06-28T10:05:00").chatRequest())
        .as("not closed yet")
        .isEqualTo(request("10:00:00", null));
    assertThat(
            chat()
                .note("2021-06-28T10:04:00", "h:ann")
                .status("2021-06-28T10:05:00", "solved", "h:ann")
                .agent("2021-06-28T10:06:00", "h:ann")
                .read()
                .chatRequest())
        .as("a note answers nobody, nor does what comes after the end")
        .isEqualTo(request("10:00:00", "10:05:00"));
  }

  @Test
  void aChatThatAnAgentWroteInIsNotAbandonedBySolvingItLater() {
    assertThat(
            chat()
                .agent("2021-06-28T10:02:00", "h:ann")
                .status("2021-06-28T10:05:00", "solved", "h:ann")
                .status("2021-06-28T11:00:00", "open", "h:customer")
                .status("2021-06-28T11:05:00", "solved", "h:ann")
                .read()
                .chatRequest())
        .isEqualTo(request("10:00:00", null));
  }

  @Test
  void aBotThatHandsOverAsksAtTheFirstAssignmentToAnAgent() {
    TicketScript handedOver =
        chat()
            .assign("2021-06-28T10:00:01", "h:bob")
            .bot("2021-06-28T10:00:05")
            .assign("2021-06-28T10:01:00", "h:robot")
            .assign("2021-06-28T10:02:00", "h:ann");

    assertThat(handedOver.read().chatRequest())
        .as("neither the assignment before the bot wrote nor that to the bot is a hand-off")
        .isEqualTo(request("10:02:00", null));
    assertThat(handedOver.status("2021-06-28T10:09:00", "solved", "h:robot").read().chatRequest())
        .isEqualTo(request("10:02:00", "10:09:00"));
  }

  @Test
  void anAgentWhoWritesBeforeAnyAssignmentIsTheHandOff() {
    assertThat(
            chat()
                .bot("2021-06-28T10:00:05")
                .agent("2021-06-28T10:03:00", "h:ann")
                .assign("2021-06-28T10:04:00", "h:ann")
                .read()
                .chatRequest())
        .isEqualTo(request("10:03:00", null));
  }

  @Test
  void aBotThatAnswersAfterAnAgentChangesNothing() {
    assertThat(
            chat()
                .agent("2021-06-28T10:02:00", "h:ann")
                .bot("2021-06-28T10:03:00")
                .read()
                .chatRequest())
        .isEqualTo(request("10:00:00", null));
  }

  @Test
  void nobodyIsAskedForByABotThatHandsOverToNobodyNorOutsideOfInboundChats() {
    assertThat(
            chat()
                .bot("2021-06-28T10:00:05")
                .status("2021-06-28T10:05:00", "solved", "h:robot")
                .read()
                .chatRequest())
        .isNull();
    assertThat(createdAt("2021-06-28T10:00:00").by("chat").read().chatRequest()).isNull();
    assertThat(chat().outbound().read().chatRequest()).isNull();
    assertThat(chat().by("whatsapp").read().chatRequest()).isNull();
  }
}
