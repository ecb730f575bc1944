package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UScript;
import dev.attune.pipeline.text.NormalForm;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordScanTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "' ', ''",
    "'  is   it so?  ', is|it|so?",
    // One text in each of the scripts without spaces.
    "漏水的阀门, 漏|水|的|阀|门",
    "ひらがな, ひ|ら|が|な",
    "カタカナ, カ|タ|カ|ナ",
    "ภาษา, ภ|า|ษ|า",
    "ລາວ, ລ|າ|ວ",
    "ខ្មែរ, ខ|្|ម|ែ|រ",
    "မြန်မာ, မ|ြ|န|်|မ|ာ",
    // Outside the basic plane: two chars, one word.
    "𠮷野家, 𠮷|野|家",
    // Mixed with other scripts, digits and punctuation.
    "iphone15の電池, iphone15|の|電|池",
    "電池15個とusb, 電|池15|個|と|usb",
    "(漢字), (|漢|字)",
    "3人, 3|人",
    "人3, 人3",
    "水。…と, 水。…|と",
    "漢글字, 漢|글|字",
    "漢글자, 漢|글자",
    "ไทย 4.0 คือ, ไ|ท|ย|4.0|ค|ื|อ",
    // The prolonged sound mark is of no script of its own; a combining mark goes with its letter.
    "ラーメン, ラー|メ|ン",
    "か゚き, か゚|き",
    "漢\u0301字, 漢\u0301|字",
    // Scripts that do put spaces between words.
    "naïve café’s—über, naïve|café’s—über",
    "это 東京, это|東|京",
    "हिन्दी में, हिन्दी|में",
    "한국어 문장, 한국어|문장",
    "日本a\u0301b, 日|本|a\u0301b",
    "😀漢😀, 😀|漢😀",
  })
  void splitsAtSpacesAndInScriptsWithoutSpacesAtEachCodePoint(String text, String expected) {
    List<String> words = words(text);
    assertThat(String.join("|", words)).isEqualTo(expected);
    assertThat(WordScan.count(text)).isEqualTo(words.size());
    assertThat(WordScan.count(text, 2)).isEqualTo(Math.min(2, words.size()));
  }

  @Test
  void takesAHalfOfASurrogatePairForALetterOfItsOwn() {
    assertThat(words("漢\uD842字\uDFB7")).containsExactly("漢", "\uD842", "字", "\uDFB7");
  }

  @Property(tries = 500)
  void leavesNothingOutAndTakesNoLetterOfThoseScriptsIntoAWord(
      @ForAll @Size(max = 40) List<Character> characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters.size(); i++) {
      // Half of it from where the scripts in question begin, so that they meet.
      text.append(i % 2 == 0 ? characters.get(i) : (char) ('ก' + characters.get(i) % 0x3000));
    }
    List<String> words = words(text.toString());
    assertThat(String.join("", words)).isEqualTo(text.toString().replace(" ", ""));
    for (String word : words) {
      int first = word.codePointAt(0);
      word.codePoints()
          .skip(1)
          .forEach(
              next -> {
                assertThat(isOwnWord(next)).as(word).isFalse();
                int script = UScript.getScript(next);
                boolean ofNone = script == UScript.COMMON || script == UScript.INHERITED;
                assertThat(isOwnWord(first) && !ofNone).as(word).isFalse();
              });
    }
  }

  @Test
  void letsOneChangedLetterOfALongSentenceBeNear() {
    String sentence = "请问如何把厨房水槽下面漏水的阀门修好并且不再漏水";
    Shingles one = Shingles.of(NormalForm.of(sentence));
    assertThat(one.size()).isEqualTo(sentence.length() - 2);
    assertThat(one.isNear(Shingles.of(NormalForm.of(sentence + "呢")), new Similarity(0.8)))
        .isTrue();
    String other = sentence.replace("厨房", "浴室");
    assertThat(one.isNear(Shingles.of(NormalForm.of(other)), new Similarity(0.8))).isFalse();
  }

  private static boolean isOwnWord(int codePoint) {
    return List.of("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
        .contains(UScript.getName(UScript.getScript(codePoint)));
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    WordScan scan = new WordScan(text);
    while (scan.next()) {
      words.add(scan.word());
    }
    return words;
  }
}
