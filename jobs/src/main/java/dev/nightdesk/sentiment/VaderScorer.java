package dev.nightdesk.sentiment;

import dev.nightdesk.sentiment.VaderLexicon.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * English by the rules and the lexicon of VADER 3.3.2 (C.J. Hutto and E. Gilbert, 2014): the
 * compound score of the whole text.
 *
 * <p>The valences of the words add up to x, and the score is x ÷ √(x² + 15). A word's valence is
 * strengthened or weakened by up to three words before it (very, kind of) and by capitals among
 * small letters, turned by a negation there, and set by a few idioms; before a {@code but} it
 * counts half, after it one and a half times. Up to four exclamation marks and several question
 * marks strengthen the whole.
 *
 * <p>Written anew, because the port to Java that the registry has is of an older version and needs
 * Lucene 6. Three things differ from the Python package: a word beside {@code but} is weighed once
 * even where an equal valence stands before it, a typographic apostrophe is an apostrophe, and the
 * invisible sign that makes a symbol an emoji is left out.
 */
public final class VaderScorer implements SentimentScorer {

  private static final double NEGATION = -0.74;
  private static final double CAPITALS = 0.733;
  private static final double NEVER_SO = 1.25;
  private static final double NORMALISATION = 15;
  private static final int EMOJI_SIGN = 0xfe0f;
  private static final double[] DISTANCE = {1, 0.95, 0.9};

  private static final Map<String, Double> IDIOMS =
      Map.of(
          "the shit", 3.0,
          "the bomb", 3.0,
          "bad ass", 1.5,
          "bus stop", 0.0,
          "yeah right", -2.0,
          "kiss of death", -1.5,
          "to die for", 3.0,
          "beating heart", 3.5);
  private static final Map<String, Double> BOOSTING_PAIRS =
      Map.of(
          "just enough", -VaderLexicon.BOOST,
          "kind of", -VaderLexicon.BOOST,
          "sort of", -VaderLexicon.BOOST);

  private final VaderLexicon lexicon = new VaderLexicon();

  @Override
  public String code() {
    return "vader-3.3.2-en";
  }

  @Override
  public String language() {
    return "en";
  }

  @Override
  public double score(String ownWords) {
    String text = spelled(ownWords);
    double sum = new Reading(lexicon, text).sum();
    double emphasis = emphasis(text);
    if (sum > 0) {
      sum += emphasis;
    } else if (sum < 0) {
      sum -= emphasis;
    }
    double score = sum / Math.sqrt(sum * sum + NORMALISATION);
    return Math.round(score * 10_000) / 10_000.0;
  }

  /** The text with emoji as words and typographic apostrophes as apostrophes. */
  private String spelled(String text) {
    int plain = 0;
    while (plain < text.length() && text.charAt(plain) < 0x80) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder spelled = new StringBuilder(text.length() + 64).append(text, 0, plain);
    int next = plain;
    while (next < text.length()) {
      int codePoint = text.codePointAt(next);
      next += Character.charCount(codePoint);
      String description = codePoint < 0x80 ? null : lexicon.emoji(codePoint);
      if (description != null) {
        if (spelled.length() > 0 && spelled.charAt(spelled.length() - 1) != ' ') {
          spelled.append(' ');
        }
        spelled.append(description);
      } else if (codePoint != EMOJI_SIGN) {
        spelled.appendCodePoint(codePoint == '\u2019' ? '\'' : codePoint);
      }
    }
    return spelled.toString();
  }

  private static double emphasis(String text) {
    int exclamations = 0;
    int questions = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      exclamations += c == '!' ? 1 : 0;
      questions += c == '?' ? 1 : 0;
    }
    double ofQuestions = questions <= 1 ? 0 : questions <= 3 ? questions * 0.18 : 0.96;
    return Math.min(exclamations, 4) * 0.292 + ofQuestions;
  }

  /** One text as words. */
  private static final class Reading {

    private final List<String> words = new ArrayList<>();
    private final List<String> lower = new ArrayList<>();
    private final List<Word> meanings = new ArrayList<>();
    private final boolean hasSomeCapitals;

    Reading(VaderLexicon lexicon, String text) {
      int capitals = 0;
      int end = 0;
      while (end < text.length()) {
        int start = end;
        while (start < text.length() && isSpace(text.charAt(start))) {
          start++;
        }
        end = start;
        while (end < text.length() && !isSpace(text.charAt(end))) {
          end++;
        }
        if (start < end) {
          String word = withoutPunctuation(text, start, end);
          String lowerCase = word.toLowerCase(Locale.ROOT);
          words.add(word);
          lower.add(lowerCase);
          meanings.add(lexicon.word(lowerCase));
          capitals += isCapitals(word) ? 1 : 0;
        }
      }
      hasSomeCapitals = capitals > 0 && capitals < words.size();
    }

    double sum() {
      int but = lower.indexOf("but");
      double sum = 0;
      for (int i = 0; i < words.size(); i++) {
        double weight = but < 0 || i == but ? 1 : i < but ? 0.5 : 1.5;
        sum += weight * valence(i);
      }
      return sum;
    }

    private double valence(int i) {
      Word meaning = meanings.get(i);
      if (!meaning.hasValence() || meaning.boost() != 0 || isAt(i, "kind") && isAt(i + 1, "of")) {
        return 0;
      }
      double valence = meaning.valence();
      if (isAt(i, "no") && i + 1 < words.size() && meanings.get(i + 1).hasValence()) {
        // It turns what follows and has no mood of its own.
        valence = 0;
      }
      if (isAt(i - 1, "no")
          || isAt(i - 2, "no")
          || isAt(i - 3, "no") && (isAt(i - 1, "or") || isAt(i - 1, "nor"))) {
        valence = meaning.valence() * NEGATION;
      }
      if (hasSomeCapitals && isCapitals(words.get(i))) {
        valence += valence > 0 ? CAPITALS : -CAPITALS;
      }
      for (int distance = 1; distance <= 3 && distance <= i; distance++) {
        if (!meanings.get(i - distance).hasValence()) {
          valence += boost(i - distance, valence) * DISTANCE[distance - 1];
          valence = turned(valence, i, distance);
          if (distance == 3) {
            valence = byIdiom(valence, i);
          }
        }
      }
      boolean isLeast = isAt(i - 1, "least") && !meanings.get(i - 1).hasValence();
      return isLeast && !isAt(i - 2, "at") && !isAt(i - 2, "very") ? valence * NEGATION : valence;
    }

    private double boost(int position, double valence) {
      double boost = meanings.get(position).boost();
      if (boost == 0) {
        return 0;
      }
      boost = valence < 0 ? -boost : boost;
      if (hasSomeCapitals && isCapitals(words.get(position))) {
        boost += valence > 0 ? CAPITALS : -CAPITALS;
      }
      return boost;
    }

    /** What a word at a distance before makes of a valence. */
    private double turned(double valence, int i, int distance) {
      int position = i - distance;
      if (distance == 2 && isAt(position, "never") && isSoOrThis(i - 1)
          || distance == 3 && isAt(position, "never") && isSoOrThis(i - 2)
          // As the reference has it: never is not asked for here.
          || distance == 3 && isSoOrThis(i - 1)) {
        return valence * NEVER_SO;
      }
      boolean isWithoutDoubt =
          isAt(position, "without")
              && (distance > 1 && isAt(i - 1, "doubt") || distance == 3 && isAt(i - 2, "doubt"));
      return !isWithoutDoubt && meanings.get(position).isNegation() ? valence * NEGATION : valence;
    }

    private double byIdiom(double valence, int i) {
      double set = valence;
      String[] before = {
        joined(i - 1, i),
        joined(i - 2, i),
        joined(i - 2, i - 1),
        joined(i - 3, i - 1),
        joined(i - 3, i - 2)
      };
      for (String phrase : before) {
        if (IDIOMS.containsKey(phrase)) {
          set = IDIOMS.get(phrase);
          break;
        }
      }
      if (i + 1 < words.size()) {
        set = IDIOMS.getOrDefault(joined(i, i + 1), set);
      }
      if (i + 2 < words.size()) {
        set = IDIOMS.getOrDefault(joined(i, i + 2), set);
      }
      return set
          + BOOSTING_PAIRS.getOrDefault(joined(i - 3, i - 2), 0.0)
          + BOOSTING_PAIRS.getOrDefault(joined(i - 2, i - 1), 0.0);
    }

    private String joined(int first, int last) {
      return String.join(" ", lower.subList(first, last + 1));
    }

    private boolean isSoOrThis(int position) {
      return isAt(position, "so") || isAt(position, "this");
    }

    private boolean isAt(int position, String word) {
      return position >= 0 && position < lower.size() && lower.get(position).equals(word);
    }

    private static boolean isSpace(char c) {
      return Character.isWhitespace(c) || c == '\u00a0' || c == '\u202f' || c == '\u2007';
    }

    /** A word without the punctuation around it; what is as short as an emoticon stays whole. */
    private static String withoutPunctuation(String text, int start, int end) {
      int first = start;
      int last = end;
      while (first < last && isPunctuation(text.charAt(first))) {
        first++;
      }
      while (first < last && isPunctuation(text.charAt(last - 1))) {
        last--;
      }
      return text.codePointCount(first, last) <= 2
          ? text.substring(start, end)
          : text.substring(first, last);
    }

    private static boolean isPunctuation(char c) {
      return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
    }

    /** At least one letter, and none of them small. */
    private static boolean isCapitals(String word) {
      boolean hasCapital = false;
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        if (Character.isLowerCase(c)) {
          return false;
        }
        hasCapital |= Character.isUpperCase(c);
      }
      return hasCapital;
    }
  }
}
