package dev.nightdesk.generate;

import java.util.List;

/** What people write: sentences with a mood, in English and German. */
final class Phrases {

  /** What counts as a long text, in bytes of UTF-8. */
  static final int LONG_BYTES = 200;

  private static final List<String> PRODUCTS =
      List.of(
          "jacket",
          "headphones",
          "coffee grinder",
          "backpack",
          "desk lamp",
          "running shoes",
          "phone case",
          "blender",
          "sweater",
          "keyboard",
          "tent",
          "water bottle");

  private static final List<String> ENGLISH_GOOD =
      List.of(
          "Thank you so much, that was really fast.",
          "Great service, I am very happy with the %s.",
          "Perfect, everything works now and I appreciate your help.",
          "You are wonderful, the refund for order %s has arrived.",
          "I love the new %s and will gladly order again.",
          "Excellent support, friendly and clear.");
  private static final List<String> ENGLISH_BAD =
      List.of(
          "I am really disappointed, this is the third time that I write.",
          "The %s arrived broken and nobody seems to care.",
          "This is unacceptable, I have been waiting for two weeks.",
          "Terrible experience with order %s, I want my money back.",
          "Your answer did not help at all and I am angry.",
          "The %s is useless, and the delivery was far too late.");
  private static final List<String> ENGLISH_PLAIN =
      List.of(
          "My order number is %s.",
          "Could you tell me when the %s will be delivered?",
          "I would like to change the delivery address.",
          "The parcel was handed over to the carrier on Monday.",
          "I have attached a photo of the label and of the %s.",
          "Please let me know what the next step is.",
          "I tried it on the phone and on the computer.",
          "The invoice shows a different amount than the order.");
  private static final List<String> GERMAN_GOOD =
      List.of(
          "Vielen Dank, das ging wirklich schnell.",
          "Super Service, ich bin sehr zufrieden.",
          "Perfekt, jetzt funktioniert alles, herzliche Grüße.",
          "Die Erstattung für Bestellung %s ist da, großartig.");
  private static final List<String> GERMAN_BAD =
      List.of(
          "Ich bin sehr enttäuscht, das ist schon die dritte Nachricht.",
          "Der Artikel kam beschädigt an und niemand kümmert sich.",
          "Das ist inakzeptabel, ich warte seit zwei Wochen.",
          "Schlechte Erfahrung mit Bestellung %s, ich möchte mein Geld zurück.");
  private static final List<String> GERMAN_PLAIN =
      List.of(
          "Meine Bestellnummer lautet %s.",
          "Wann wird das Paket geliefert?",
          "Ich möchte die Lieferadresse ändern.",
          "Die Rechnung weist einen anderen Betrag aus als die Bestellung.",
          "Ein Foto des Etiketts hängt an.");
  private static final List<String> ENGLISH_DESK =
      List.of(
          "Hello, thank you for your message.",
          "I am sorry for the trouble with the %s.",
          "I have checked order %s for you.",
          "The parcel is on its way and should arrive within two days.",
          "The refund has been started and takes three to five working days.",
          "Could you send us a photo of the %s, please?",
          "We have forwarded this to our warehouse.",
          "Please try again and tell me if it works now.",
          "Is there anything else that I can do for you?");
  private static final List<String> GERMAN_DESK =
      List.of(
          "Guten Tag, vielen Dank für Ihre Nachricht.",
          "Es tut mir leid, dass es Ärger gab.",
          "Ich habe Bestellung %s für Sie geprüft.",
          "Das Paket ist unterwegs und sollte in zwei Tagen ankommen.",
          "Die Erstattung ist veranlasst und dauert drei bis fünf Werktage.",
          "Kann ich sonst noch etwas für Sie tun?");
  private static final List<String> SHORT_DESK =
      List.of("One moment, please.", "Done.", "I am checking this.", "You are welcome!");
  private static final List<String> SHORT_CUSTOMER =
      List.of("ok", "Any news?", "Thanks!", "Hello?", "Yes, please.", "No, that is not it.");

  private final double longShare;

  Phrases(double longShare) {
    this.longShare = longShare;
  }

  /**
   * What a customer writes.
   *
   * @param mood 0 is usual; below more annoyed, above more pleased
   */
  String ofCustomer(boolean isGerman, double mood, Dice dice) {
    boolean isLong = dice.chance(longShare);
    if (!isLong && dice.chance(0.4)) {
      return dice.pick(SHORT_CUSTOMER);
    }
    StringBuilder text = new StringBuilder(320);
    do {
      double leaning = mood + dice.gaussian();
      List<String> sentences =
          leaning > 1
              ? (isGerman ? GERMAN_GOOD : ENGLISH_GOOD)
              : leaning < -0.5
                  ? (isGerman ? GERMAN_BAD : ENGLISH_BAD)
                  : (isGerman ? GERMAN_PLAIN : ENGLISH_PLAIN);
      add(text, dice.pick(sentences), dice);
    } while (isLong && text.length() < LONG_BYTES);
    return text.toString();
  }

  /** What an agent or the bot writes, also to colleagues. */
  String ofDesk(boolean isGerman, Dice dice) {
    boolean isLong = dice.chance(longShare);
    if (!isLong && dice.chance(0.4)) {
      return dice.pick(SHORT_DESK);
    }
    StringBuilder text = new StringBuilder(320);
    do {
      add(text, dice.pick(isGerman ? GERMAN_DESK : ENGLISH_DESK), dice);
    } while (isLong && text.length() < LONG_BYTES);
    return text.toString();
  }

  private static void add(StringBuilder text, String sentence, Dice dice) {
    if (text.length() > 0) {
      text.append(' ');
    }
    int gap = sentence.indexOf("%s");
    if (gap < 0) {
      text.append(sentence);
      return;
    }
    text.append(sentence, 0, gap);
    if (isOrderNumber(sentence, gap)) {
      text.append("NO-").append(100_000 + dice.below(900_000));
    } else {
      text.append(dice.pick(PRODUCTS));
    }
    text.append(sentence, gap + 2, sentence.length());
  }

  private static boolean isOrderNumber(String sentence, int gap) {
    return sentence.startsWith("order ", gap - 6)
        || sentence.startsWith("number is ", gap - 10)
        || sentence.startsWith("nummer lautet ", gap - 14)
        || sentence.startsWith("Bestellung ", gap - 11);
  }
}
