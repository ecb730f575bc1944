package dev.attune.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NormalFormTest {
  @Test
  void foldsCaseAsUnicodeSays() {
    assertThat(NormalForm.of("Straße ΜΆΙΟΣ İstanbul")).isEqualTo("strasse μάιοσ i̇stanbul");
    assertThat(NormalForm.of("A GOOD Day")).isEqualTo("a good day");
  }

  @Test
  void takesCompatibleFormsForOne() {
    assertThat(NormalForm.of("ﬁre № ①  ｆｕｌｌ")).isEqualTo("fire no 1 full");
    assertThat(NormalForm.of("cafe\u0301")).isEqualTo("caf\u00E9");
    // Soft hyphen and zero-width characters are ignorable.
    assertThat(NormalForm.of("in\u00ADvi\u200Bsi\uFEFFble")).isEqualTo("invisible");
  }

  @Test
  void foldsWhiteSpaceToSingleSpacesAndTrims() {
    assertThat(NormalForm.of(" \t a\r\n\f\u000Bb  c\n")).isEqualTo("a b c");
    assertThat(NormalForm.of("\u00A0é\u2003\u3000\u2028b\u0085")).isEqualTo("é b");
    assertThat(NormalForm.of(" \n\t ")).isEmpty();
    assertThat(NormalForm.of("\u2003")).isEmpty();
    assertThat(NormalForm.of("")).isEmpty();
  }

  @Test
  void keepsPunctuationAndControls() {
    assertThat(NormalForm.of("a,b; \"c\"-d'e\u0001\u001Ff"))
        .isEqualTo("a,b; \"c\"-d'e\u0001\u001Ff");
  }

  @Property
  void isTheSameOnTheShortWayForAscii(@ForAll("ascii") String text) {
    assertThat(NormalForm.of(text)).isEqualTo(byTheBook(text));
  }

  @Property
  void isNfkcCasefoldWithWhiteSpaceFolded(@ForAll("anything") String text) {
    assertThat(NormalForm.of(text)).isEqualTo(byTheBook(text));
  }

  @Property
  void isItsOwnNormalForm(@ForAll("anything") String text) {
    String normal = NormalForm.of(text);
    assertThat(NormalForm.of(normal)).isEqualTo(normal);
  }

  private static String byTheBook(String text) {
    String folded = Normalizer2.getNFKCCasefoldInstance().normalize(text);
    StringBuilder spaced = new StringBuilder();
    folded
        .codePoints()
        .map(point -> UCharacter.isUWhiteSpace(point) ? ' ' : point)
        .forEach(spaced::appendCodePoint);
    return spaced.toString().replaceAll(" +", " ").replaceAll("^ | $", "");
  }

  @Provide
  Arbitrary<String> ascii() {
    return Arbitraries.strings().ascii().ofMaxLength(30);
  }

  @Provide
  Arbitrary<String> anything() {
    Arbitrary<Integer> points =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7F),
            Arbitraries.integers().between(0x80, 0x24FF),
            Arbitraries.of(0x2003, 0x3000, 0x1E9E, 0x0130, 0xFB01, 0x1F600, 0x1D400, 0xAC00),
            Arbitraries.integers().between(0, 0x1FFFF).filter(point -> !isSurrogate(point)));
    return points
        .list()
        .ofMaxSize(20)
        .map(
            list -> {
              StringBuilder text = new StringBuilder();
              list.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
