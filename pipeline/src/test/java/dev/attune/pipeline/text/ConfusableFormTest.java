package dev.attune.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.SpoofChecker;
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
