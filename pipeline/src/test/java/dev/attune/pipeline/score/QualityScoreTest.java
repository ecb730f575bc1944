package dev.attune.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.QualityFactor;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One test per rule of the contract, section 6; {@link #plain} has no factor between 50 and 199.
 */
class QualityScoreTest {

  @Test
  void startsAtSeven() {
    assertThat(QualityScore.of(plain(100))).isEqualTo(new Quality(70, 0, false));
  }

  @ParameterizedTest
  @CsvSource({
    "49, 50, TOO_SHORT",
    "50, 70,",
    "199, 70,",
    "200, 80, LENGTH",
    "800, 80, LENGTH",
    "801, 70,"
  })
  void judgesTheLength(int characters, int tenths, QualityFactor factor) {
    String text = plain(characters);
    assertThat(factors(text)).isEqualTo(factor == null ? Set.of() : Set.of(factor));
    assertThat(QualityScore.of(text).tenths()).isEqualTo(tenths);
  }

  @Test
  void countsCodePoints() {
    // 49 characters of which one takes two chars, then 50.
    assertThat(factors("\uD83D\uDE00" + plain(48))).containsExactly(QualityFactor.TOO_SHORT);
    assertThat(factors("\uD83D\uDE00" + plain(49))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "One is here. Two is here. | 2",
        "One is here. Two is here. Three | 2",
        "One is here. Two is here. Three. | 3",
        "One is here! Two is here? Three… | 3",
        "One is here... Two is here?! Three. | 3",
        "'One (is here.) \"Two!\" Three.' | 3",
        "One costs 3.50 at a.b.c and more. | 1",
        "One. . . Two. | 2",
        "一。二！三？ | 3",
        "One\u2028is. Two\u00A0is.\u3000Three. | 3",
        "'' | 0",
        "... | 0"
      })
  void countsSentences(String text, int sentences) {
    assertThat(TextScan.of(text, DescriptiveWords.bundled()).sentences()).isEqualTo(sentences);
  }

  @Test
  void likesThreeSentences() {
    String two = plain(60) + " Two now.";
    assertThat(factors(two)).isEmpty();
    assertThat(factors(two + " Three now.")).containsExactly(QualityFactor.SENTENCES);
    assertThat(QualityScore.of(two + " Three now.").tenths()).isEqualTo(75);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "an ancient thing | false",
        "an ancient, ancient Ancient thing | false",
        "an ancient and GLOOMY thing | true",
        "ancient/gloomy | true",
        "anciently gloomy | false",
        "ancientgloomy | false",
        "gloomyä ancient | false",
        "(ancient)-[gloomy] | true",
        "the thing is gloomy and ancient | true"
      })
  void likesTwoDifferentDescriptiveWords(String words, boolean liked) {
    String text = plain(60) + " " + words + ".";
    assertThat(factors(text)).isEqualTo(liked ? Set.of(QualityFactor.DESCRIPTIVE_WORDS) : Set.of());
    assertThat(QualityScore.of(text).tenths()).isEqualTo(liked ? 75 : 70);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "he said \"go home\" then",
        "he said “go home” then",
        "er sagte „geh heim“ dann",
        "er sagte „geh heim” dann",
        "er sagte »geh heim« dann",
        "il dit « va-t-en » puis",
        "hän sanoi ”mene kotiin” sitten",
        "he („who) said \"7\" then"
      })
  void likesDialogue(String words) {
    String text = plain(60) + " " + words + ".";
    assertThat(factors(text)).containsExactly(QualityFactor.DIALOGUE);
    assertThat(QualityScore.of(text).tenths()).isEqualTo(73);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "he said \"go home then",
        "he said “go home then",
        "he said ‘go home’ then, it's 'so'",
        "a board of 5\" by 6\" then",
        "he said \"-\" then",
        "he said “go home« then",
        "go home” then"
      })
  void takesOtherMarksForNoDialogue(String words) {
    assertThat(factors(plain(60) + " " + words + ".")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I cannot assist you",
        "i CAN'T assist you",
        "Well — I can’t\n assist you",
        "As an AI model I",
        "\uD83D\uDE00I cannot assist\uD83D\uDE00",
        "(I'm unable to provide)"
      })
  void dislikesRefusals(String words) {
    String text = words + " " + plain(100);
    assertThat(factors(text)).containsExactly(QualityFactor.REFUSAL);
    assertThat(QualityScore.of(text).tenths()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I can't help laughing at that",
        "I'm sorry, but you are late",
        "I cannot assistant",
        "Hawaii cannot assist",
        "I cannotassist",
        "I cannot assist\uD835\uDC00",
        "\u00E4i cannot assist",
        "I can\"t assist"
      })
  void takesOtherWordsForNoRefusal(String words) {
    assertThat(factors(words + " " + plain(100))).isEmpty();
  }

  @Test
  void looksForRefusalsInTheFirst200CharactersOnly() {
    String phrase = "i cannot comply";
    String inside = plain(199 - phrase.length()) + " " + phrase;
    assertThat(inside).hasSize(200);
    assertThat(factors(inside + ".")).contains(QualityFactor.REFUSAL);
    assertThat(factors(plain(200 - phrase.length()) + " " + phrase + "."))
        .doesNotContain(QualityFactor.REFUSAL);
    // Code points, not chars: the emoji takes two of them.
    assertThat(factors("\uD83D\uDE00" + plain(198 - phrase.length()) + " " + phrase + "."))
        .contains(QualityFactor.REFUSAL);
    assertThat(factors("\uD83D\uDE00" + plain(199 - phrase.length()) + " " + phrase + "."))
        .doesNotContain(QualityFactor.REFUSAL);
  }

  @ParameterizedTest
  @CsvSource({
    // Half of the word 3-grams are distinct: 2 of 4.
    "a b a b a b, false",
    // Fewer than half of the word 3-grams are distinct: 2 of 5.
    "a b a b a b a, true",
    "A b a B a b A, true",
    "a b a b a b a., false",
    "a b a b a b ä, false",
    "a a, false",
    "a a a, false",
    "a a a a, false",
    "a a a a a, true",
    "'', false"
  })
  void dislikesRepetition(String words, boolean disliked) {
    assertThat(TextScan.of(words, DescriptiveWords.bundled()).repeatsItself()).isEqualTo(disliked);
  }

  @Test
  void takesTwoPointsForRepetition() {
    String text = "la ".repeat(300) + "la.";
    assertThat(factors(text)).containsExactly(QualityFactor.REPETITION);
    assertThat(QualityScore.of(text).tenths()).isEqualTo(50);
    assertThat(factors(plain(100_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "end.",
        "end!",
        "end?",
        "end…",
        "end.  \n",
        "end.\"",
        "end.”)",
        "end!» ",
        "終。",
        "終。」"
      })
  void acceptsTheEndOfASentence(String end) {
    assertThat(factors(cut(60) + " " + end)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"end", "end,", "end:", "end;", "end. And", "end (", "end-", "end\"", "終、"})
  void dislikesAnyOtherEnd(String end) {
    String text = cut(60) + " " + end;
    assertThat(factors(text)).containsExactly(QualityFactor.UNFINISHED);
    assertThat(QualityScore.of(text).tenths()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "I cannot comply"})
  void neverFallsBelowZero(String text) {
    Quality quality = QualityScore.of(text);
    assertThat(factors(text)).contains(QualityFactor.TOO_SHORT, QualityFactor.UNFINISHED);
    assertThat(quality.tenths()).isEqualTo(text.length() > 1 ? 0 : 40);
  }

  @Test
  void addsEverythingUp() {
    String text =
        "\"Who goes there?\" the ancient guard called from the gloomy gate. Nobody answered him. "
            + "He lifted his lantern and listened to the rain that ran down the wall, and he "
            + "wondered whether the others had gone home without telling him about it.";
    assertThat(factors(text))
        .containsExactlyInAnyOrder(
            QualityFactor.LENGTH,
            QualityFactor.SENTENCES,
            QualityFactor.DESCRIPTIVE_WORDS,
            QualityFactor.DIALOGUE);
    assertThat(QualityScore.of(text).tenths()).isEqualTo(93);
  }

  @Test
  void survivesHalfSurrogatePairsAndLongTexts() {
    assertThat(QualityScore.of("\uD83D \uDE00 a").brought()).isFalse();
    assertThat(QualityScore.of("word ".repeat(200_000)).tenths()).isEqualTo(40);
  }

  @Test
  void hasItsListsAsData() {
    assertThat(WordList.load("descriptive-words.txt"))
        .hasSizeGreaterThan(140)
        .doesNotHaveDuplicates();
    assertThat(WordList.load("refusal-phrases.txt"))
        .hasSizeGreaterThan(40)
        .doesNotHaveDuplicates()
        .allSatisfy(phrase -> assertThat(RefusalPhrases.bundled().refuses(phrase)).isTrue());
  }

  /** A text of this length: one sentence of different words. */
  private static String plain(int characters) {
    return cut(characters - 1) + ".";
  }

  private static String cut(int characters) {
    var text = new StringBuilder();
    for (int i = 1000; text.length() < characters; i++) {
      text.append("w").append(i).append(' ');
    }
    text.setLength(characters);
    if (characters > 0 && text.charAt(characters - 1) == ' ') {
      text.setCharAt(characters - 1, 'x');
    }
    return text.toString();
  }

  private static Set<QualityFactor> factors(String text) {
    int bits = QualityScore.of(text).factors();
    Set<QualityFactor> factors = EnumSet.noneOf(QualityFactor.class);
    QualityFactor[] all = QualityFactor.values();
    for (int i = 0; i < all.length; i++) {
      if ((bits & (1 << i)) != 0) {
        factors.add(all[i]);
      }
    }
    return factors;
  }
}
