package dev.nightdesk.sentiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The words of VADER 3.3.2: which carry a mood, which strengthen or weaken it, which turn it round.
 *
 * <p>The two files are those of the Python package, MIT licensed; the licence lies beside them.
 */
final class VaderLexicon {

  static final double BOOST = 0.293;

  private static final List<String> STRONGER =
      List.of(
          ("absolutely amazingly awfully completely considerable considerably decidedly deeply"
               + " effing enormous enormously entirely especially exceptional exceptionally extreme"
               + " extremely fabulously flipping flippin frackin fracking fricking frickin frigging"
               + " friggin fully fuckin fucking fuggin fugging greatly hella highly hugely"
               + " incredible incredibly intensely major majorly more most particularly purely"
               + " quite really remarkably so substantially thoroughly total totally tremendous"
               + " tremendously uber unbelievably unusually utter utterly very")
              .split(" "));
  private static final List<String> WEAKER =
      List.of(
          ("almost barely hardly kinda kindof kind-of less little marginal marginally occasional"
                  + " occasionally partly scarce scarcely slight slightly somewhat sorta sortof"
                  + " sort-of")
              .split(" "));
  private static final List<String> NEGATIONS =
      List.of(
          ("aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt"
                  + " mustnt neither neednt never none nope nor not nothing nowhere oughtnt shant"
                  + " shouldnt uhuh wasnt werent uh-uh without wont wouldnt rarely seldom despite")
              .split(" "));

  /**
   * What a word does.
   *
   * @param valence its mood, -4 to 4
   * @param hasValence whether the lexicon holds it; a word can be held with 0
   * @param boost what it adds to a mood that follows; 0: nothing
   * @param isNegation whether it turns a mood that follows
   */
  record Word(double valence, boolean hasValence, double boost, boolean isNegation) {

    static final Word PLAIN = new Word(0, false, 0, false);
    static final Word NEGATION = new Word(0, false, 0, true);
  }

  private final Map<String, Word> words = new HashMap<>(16_384);
  private final Map<Integer, String> emoji = new HashMap<>(4_096);

  VaderLexicon() {
    NEGATIONS.forEach(word -> words.put(word, Word.NEGATION));
    STRONGER.forEach(word -> words.put(word, new Word(0, false, BOOST, false)));
    WEAKER.forEach(word -> words.put(word, new Word(0, false, -BOOST, false)));
    read(
        "vader-lexicon.txt",
        (word, valence) -> {
          Word rule = words.getOrDefault(word, Word.PLAIN);
          words.put(
              word, new Word(Double.parseDouble(valence), true, rule.boost(), rule.isNegation()));
        });
    read(
        "vader-emoji.txt",
        (symbol, description) -> {
          if (symbol.codePointCount(0, symbol.length()) == 1) {
            emoji.put(symbol.codePointAt(0), description);
          }
        });
  }

  /** What a word in lower case does; {@link Word#PLAIN} if the lexicon does not know it. */
  Word word(String lowerCase) {
    Word word = words.get(lowerCase);
    if (word != null) {
      return word;
    }
    return lowerCase.contains("n't") ? Word.NEGATION : Word.PLAIN;
  }

  /** What an emoji shows, in words; null: no emoji. */
  String emoji(int codePoint) {
    return emoji.get(codePoint);
  }

  private static void read(String name, BiConsumer<String, String> entry) {
    try (InputStream bytes = VaderLexicon.class.getResourceAsStream("/sentiment/" + name)) {
      if (bytes == null) {
        throw new IllegalStateException(
            "The resource sentiment/%s is missing. Build the jar anew.".formatted(name));
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.strip().split("\t", 3);
        if (cells.length > 1) {
          entry.accept(cells[0], cells[1]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The resource sentiment/" + name + " is unreadable.", e);
    }
  }
}
