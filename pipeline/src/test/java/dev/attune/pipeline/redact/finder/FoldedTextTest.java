package dev.attune.pipeline.redact.finder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.PersonalKind;
import org.junit.jupiter.api.Test;

class FoldedTextTest {
  @Test
  void foldsDigitsLettersBlanksAndHyphens() {
    assertThat(folded("４１５-٤١٥ ९")).isEqualTo("415-415 9");
    assertThat(folded("ａ＠ｂ．ｏｒｇ ﹫")).isEqualTo("a@b.org @");
    assertThat(folded("1\u00A02\u202F3\u20094\u30005")).isEqualTo("1 2 3 4 5");
    assertThat(folded("1\u20102\u20113\u20124\u22125\uFF0D6")).isEqualTo("1-2-3-4-5-6");
    assertThat(folded("𝟎𝐚😀")).isEqualTo("0a😀");
  }

  @Test
  void leavesWhatMeansSomethingElse() {
    assertThat(folded("ä é ß 中 10² – — … 。")).isEqualTo("ä é ß 中 10² – — … 。");
  }

  @Test
  void leavesOutInvisibleCharactersButNotBetweenAWordAndAFigure() {
    assertThat(folded("\uFEFFan\u00ADna 12\u200B34")).isEqualTo("anna 1234");
    assertThat(folded("Tel\u200B12")).isEqualTo("Tel\u200B12");
  }

  @Test
  void knowsTheSamePlaceInTheTextItself() {
    String text = "😀𝟎\u00AD𝟏x\u00AD";
    FoldedText folded = FoldedText.of(text);
    assertThat(folded.text()).isEqualTo("😀01x\u00AD".substring(0, 5));
    Span span = folded.unfold(new Span(2, 4, PersonalKind.PHONE));
    assertThat(text.substring(span.start(), span.end())).isEqualTo("𝟎\u00AD𝟏");
  }

  @Test
  void hasThePlacesOfTheTextWhereNothingMoves() {
    Span span = new Span(1, 3, PersonalKind.CARD);
    assertThat(FoldedText.of("１２３").unfold(span)).isSameAs(span);
    assertThat(FoldedText.same("123").text()).isEqualTo("123");
  }

  private static String folded(String text) {
    return FoldedText.of(text).text();
  }
}
