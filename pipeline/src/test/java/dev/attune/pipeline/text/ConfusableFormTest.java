package dev.attune.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.SpoofChecker;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfusableFormTest {
  @ParameterizedTest
  @CsvSource({
    "How do I pay?,how do i  PAY",
    "paypal,раураl",
    "O'Neill 10,oneill l0",
    "Café au lait,cafe\u0301 au-lait",
    "ｆｕｌｌ　ｗｉｄｔｈ,full width",
    "modern,modem",
    "水を,『水を』",
    "Straße 5,STRASSE 5!"
  })
  void isEqualForWhatPeopleReadAsTheSame(String a, String b) {
    assertThat(form(a)).isEqualTo(form(b)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"pay now,pay later", "resume,résumé", "5,6", "ва,ба"})
  void differsWhereLettersDo(String a, String b) {
    assertThat(form(a)).isNotEqualTo(form(b));
  }

  @Test
  void isEmptyWithoutLettersMarksAndDigits() {
    assertThat(form("?! … 👍 🚰")).isEmpty();
  }

  /** The table of ASCII and the library must not disagree: a text in between takes one way only. */
  @Test
  void isOfAsciiWhatTheLibraryMakesOfTheWhole() {
    SpoofChecker checker = new SpoofChecker.Builder().build();
    String text = NormalForm.of("The QUICK brown fox 0123456789 jumps over MMM lll 1I|l rn");
    String kept = text.replaceAll("[^a-z0-9]", "");
    assertThat(form(text)).isEqualTo(NormalForm.of(checker.getSkeleton(kept)));
    assertThat(form(text + " é")).isEqualTo(form(text) + form("é"));
  }

  /** Characters of one kind are near each other in Unicode, so that marks meet their letters. */
  @Property(tries = 20_000)
  void isTheLibrarysOfAnyText(
      @ForAll @Size(max = 12) List<@IntRange(max = Character.MAX_CODE_POINT) Integer> anywhere,
      @ForAll @Size(max = 12) List<@IntRange(max = 0x3FF) Integer> near,
      @ForAll @IntRange(max = 0xFF00) int start) {
    StringBuilder text = new StringBuilder();
    near.forEach(offset -> text.appendCodePoint(start / 0x80 * 0x80 + offset));
    anywhere.forEach(text::appendCodePoint);
    near.forEach(text::appendCodePoint);
    String normal = NormalForm.of(text.toString());
    StringBuilder form = new StringBuilder();
    ConfusableForm.append(normal, form);
    assertThat(form).hasToString(ConfusableForm.ofWhole(normal));
    form.setLength(0);
    ConfusableForm.append(text.toString(), form);
    assertThat(form).hasToString(ConfusableForm.ofWhole(text.toString()));
  }

  @Test
  void isTheLibrarysOfEveryCharacterBesideLettersAndMarks() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      for (String around : List.of("%sа%s", "e%s\u0301", "%s%s", "ᄒ%sᅡ", "か%s゙")) {
        String text = around.replace("%s", String.valueOf((char) c));
        StringBuilder form = new StringBuilder();
        ConfusableForm.append(text, form);
        assertThat(form.toString()).as("U+%04X", c).isEqualTo(ConfusableForm.ofWhole(text));
      }
    }
  }

  @Test
  void isAppended() {
    StringBuilder to = new StringBuilder("a");
    ConfusableForm.append("b c", to);
    ConfusableForm.append("d é", to);
    assertThat(to).hasToString("a" + form("b c") + form("d é"));
  }

  private static String form(String text) {
    StringBuilder form = new StringBuilder();
    ConfusableForm.append(NormalForm.of(text), form);
    return form.toString();
  }
}
