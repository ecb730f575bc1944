package dev.attune.launcher.improve;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import dev.attune.schema.ClassResource;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * Compares the languages of two texts: first their scripts, then, for two texts of one script, the
 * languages that most of their function words belong to (lists of Lucene, 19 languages). Texts
 * differ only where both are certain; short texts, names and code are not.
 */
final class AnswerLanguage {
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{M}]+");

  /** Code in Markdown, and words in capitals such as the keywords of SQL. */
  private static final Pattern CODE =
      Pattern.compile("(?s)```.*?(```|$)|`[^`]*`|\\b\\p{Lu}{2,}\\b");

  private static final Map<String, CharArraySet> FUNCTION_WORDS = functionWords();

  /** Texts with fewer letters have no certain script. */
  private static final int FEWEST_LETTERS = 6;

  /** The share of letters that makes a script certain. */
  private static final double SCRIPT_SHARE = 0.7;

  /** Function words that a certain language has at least. */
  private static final int FEWEST_WORDS = 4;

  /** The share of words that are function words; in prose of these languages it is 0.3 to 0.5. */
  private static final double WORD_SHARE = 0.2;

  /** How many times as many as in the next language: related languages share words. */
  private static final double LEAD = 1.5;

  private static Map<String, CharArraySet> functionWords() {
    Map<String, CharArraySet> words = new LinkedHashMap<>();
    words.put("en", english());
    words.put("bg", BulgarianAnalyzer.getDefaultStopSet());
    words.put("ca", CatalanAnalyzer.getDefaultStopSet());
    words.put("cs", CzechAnalyzer.getDefaultStopSet());
    words.put("da", DanishAnalyzer.getDefaultStopSet());
    words.put("de", GermanAnalyzer.getDefaultStopSet());
    words.put("es", SpanishAnalyzer.getDefaultStopSet());
    words.put("fi", FinnishAnalyzer.getDefaultStopSet());
    words.put("fr", FrenchAnalyzer.getDefaultStopSet());
    words.put("hu", HungarianAnalyzer.getDefaultStopSet());
    words.put("id", IndonesianAnalyzer.getDefaultStopSet());
    words.put("it", ItalianAnalyzer.getDefaultStopSet());
    words.put("nl", DutchAnalyzer.getDefaultStopSet());
    words.put("no", NorwegianAnalyzer.getDefaultStopSet());
    words.put("pt", PortugueseAnalyzer.getDefaultStopSet());
    words.put("ro", RomanianAnalyzer.getDefaultStopSet());
    words.put("ru", RussianAnalyzer.getDefaultStopSet());
    words.put("sv", SwedishAnalyzer.getDefaultStopSet());
    words.put("tr", TurkishAnalyzer.getDefaultStopSet());
    return words;
  }

  /** Returns the list of Snowball: the analyzer's own has only 33 words. */
  private static CharArraySet english() {
    String list =
        ClassResource.text(
            WordlistLoader.class, "/org/apache/lucene/analysis/snowball/english_stop.txt");
    try {
      return WordlistLoader.getSnowballWordSet(new StringReader(list));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading a string cannot fail", e);
    }
  }

  /** Returns whether two texts are certainly in different scripts or languages. */
  boolean differs(String one, String other) {
    Optional<String> script = script(one);
    Optional<String> otherScript = script(other);
    if (script.isEmpty() || otherScript.isEmpty()) {
      return false;
    }
    if (!script.equals(otherScript)) {
      return true;
    }
    Optional<String> language = language(one);
    Optional<String> otherLanguage = language(other);
    return language.isPresent() && otherLanguage.isPresent() && !language.equals(otherLanguage);
  }

  /** Returns whether two texts are certainly in one language or, without words, one script. */
  boolean isSame(String one, String other) {
    Optional<String> script = script(one);
    Optional<String> language = language(other);
    return script.isPresent()
        && script.equals(script(other))
        && (language.isEmpty() || language.equals(language(one)));
  }

  /** Returns the script of most letters; Han with kana among it is Japanese. */
  Optional<String> script(String text) {
    Map<Integer, Integer> counts = new HashMap<>();
    int letters = 0;
    int kana = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      if (UCharacter.hasBinaryProperty(codePoint, UProperty.ALPHABETIC)) {
        int script = UScript.getScript(codePoint);
        boolean isKana = script == UScript.HIRAGANA || script == UScript.KATAKANA;
        kana += isKana ? 1 : 0;
        letters++;
        counts.merge(isKana ? UScript.HAN : script, 1, Integer::sum);
      }
    }
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      if (letters >= FEWEST_LETTERS && entry.getValue() >= SCRIPT_SHARE * letters) {
        boolean japanese = entry.getKey() == UScript.HAN && kana > 0;
        return Optional.of(japanese ? "Japanese" : UScript.getName(entry.getKey()));
      }
    }
    return Optional.empty();
  }

  /** Returns the language whose function words a text has; empty if it is not certain. */
  Optional<String> language(String text) {
    List<String> words =
        Arrays.stream(NO_LETTERS.split(CODE.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT)))
            .filter(word -> !word.isEmpty())
            .toList();
    String best = "";
    long most = 0;
    long second = 0;
    for (Map.Entry<String, CharArraySet> language : FUNCTION_WORDS.entrySet()) {
      CharArraySet known = language.getValue();
      long count = words.stream().filter(known::contains).count();
      if (count > most) {
        second = most;
        most = count;
        best = language.getKey();
      } else {
        second = Math.max(second, count);
      }
    }
    boolean certain =
        most >= FEWEST_WORDS && most >= WORD_SHARE * words.size() && most >= LEAD * second;
    return certain ? Optional.of(best) : Optional.empty();
  }
}
