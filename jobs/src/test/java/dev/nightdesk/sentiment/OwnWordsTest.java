package dev.nightdesk.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnWordsTest {

  @Test
  void aTextWithoutQuoteStaysAsItIs() {
    assertThat(OwnWords.of("On Monday I wrote: nothing came.\nAm I right?\n- Tom -- really"))
        .isEqualTo("On Monday I wrote: nothing came.\nAm I right?\n- Tom -- really");
  }

  @Test
  void whatFollowsTheIntroductionOfAQuoteIsNotTheAuthors() {
    assertThat(
            OwnWords.of(
                "It works now.\r\n\r\n"
                    + "On 3 May 2021 at 10:00, Ann <ann@example.org> wrote:\r\n"
                    + "Sorry for the terrible delay."))
        .isEqualTo("It works now.");
    assertThat(
            OwnWords.of(
                "Danke!\n\n"
                    + "Am 03.05.2021 um 10:00 schrieb Ann Berger:\n"
                    + "Entschuldigen Sie die Verspätung."))
        .isEqualTo("Danke!");
  }

  @Test
  void anIntroductionMayRunOverThreeLines() {
    assertThat(
            OwnWords.of(
                "It works now.\n"
                    + "On Mon, 3 May 2021 at 10:00,\n"
                    + "Ann Berger <ann.berger@example.org>\n"
                    + "wrote:\n"
                    + "Sorry."))
        .isEqualTo("It works now.");
  }

  @Test
  void anAnswerBetweenTheLinesOfAMarkedQuoteStays() {
    assertThat(
            OwnWords.of(
                "On 3 May 2021 Ann wrote:\n"
                    + "> Does it work?\n"
                    + "Not at all.\n"
                    + "  > Since when?\n"
                    + "Yesterday."))
        .isEqualTo("Not at all.\nYesterday.");
  }

  @Test
  void aForwardedOrQuotedMailEndsTheText() {
    assertThat(OwnWords.of("See below.\n-----Original Message-----\nI am angry."))
        .isEqualTo("See below.");
    assertThat(OwnWords.of("Siehe unten.\n-----Ursprüngliche Nachricht-----\nÄrgerlich."))
        .isEqualTo("Siehe unten.");
    assertThat(OwnWords.of("See below.\n________________________________\nI am angry."))
        .isEqualTo("See below.");
    assertThat(OwnWords.of("See below.\nFrom: Ann\nSent: Monday\nI am angry."))
        .isEqualTo("See below.");
    assertThat(OwnWords.of("Siehe unten.\nVon: Ann\nGesendet: Montag\nÄrgerlich."))
        .isEqualTo("Siehe unten.");
    assertThat(OwnWords.of("From: Paris\nTo: Rome\nI want to go by train."))
        .as("a list is no header of a mail")
        .isEqualTo("From: Paris\nTo: Rome\nI want to go by train.");
  }

  @Test
  void aSignatureEndsTheText() {
    assertThat(OwnWords.of("It works.\n-- \nTom Great\nHappy Homes Ltd.")).isEqualTo("It works.");
    assertThat(OwnWords.of("It works.\n\nSent from my iPhone")).isEqualTo("It works.");
    assertThat(OwnWords.of("Geht.\n\nVon meinem iPhone gesendet")).isEqualTo("Geht.");
    assertThat(OwnWords.of("Geht.\n\nGesendet von meinem Telefon")).isEqualTo("Geht.");
    assertThat(OwnWords.of("It works.\nGet Outlook for iOS")).isEqualTo("It works.");
  }

  @Test
  void aTextThatIsNothingButAQuoteIsEmpty() {
    assertThat(OwnWords.of("> I am angry.\n> Very.")).isEmpty();
    assertThat(OwnWords.of("")).isEmpty();
  }
}
