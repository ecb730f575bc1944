package dev.attune.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import dev.attune.pipeline.accounting.PersonalKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.EmailValidator;
import org.junit.jupiter.api.Test;

class TextRedactorTest {
  private static final Pattern WORD = Pattern.compile("[^\\s\\[\\]()<>,;:\"/|=„“”'…😀&?!]+");

  private final TextRedactor redactor = new TextRedactor(EnumSet.allOf(PersonalKind.class));

  @Test
  void givesBackTheVeryTextInWhichThereIsNothing() {
    String text = "On 03.04.2021 at 10:30 four children built a tower.";
    assertThat(redact(text)).isSameAs(text);
  }

  @Test
  void redactsOnlyTheKindsThatAreAskedFor() {
    TextRedactor cards = new TextRedactor(Set.of(PersonalKind.CARD));
    assertThat(cards.redact("anna@example.org, 4111 1111 1111 1111", kind -> {}))
        .isEqualTo("anna@example.org, [CARD]");
    TextRedactor none = new TextRedactor(Set.of());
    assertThat(none.redact("anna@example.org", kind -> {})).isEqualTo("anna@example.org");
  }

  @Test
  void tellsOfEveryPlaceOnce() {
    List<PersonalKind> told = new ArrayList<>();
    redactor.redact("a@example.org 4111111111111111 b@example.org", told::add);
    assertThat(told)
        .containsExactlyInAnyOrder(PersonalKind.EMAIL, PersonalKind.CARD, PersonalKind.EMAIL);
  }

  @Test
  void findsAddressesBesideLettersOfScriptsWithoutBlanks() {
    assertThat(redact("私のメールはtaro@example.jpです")).isEqualTo("私のメールは[EMAIL]です");
    assertThat(redact("请发邮件到zhang.wei@example.cn谢谢")).isEqualTo("请发邮件到[EMAIL]谢谢");
    assertThat(redact("메일은 taro@example.kr로 보내세요")).isEqualTo("메일은 [EMAIL]로 보내세요");
    assertThat(redact("อีเมลtaro@example.co.thครับ")).isEqualTo("อีเมล[EMAIL]ครับ");
    assertThat(redact("Пишите:ivan@example.ruпожалуйста")).isEqualTo("Пишите:[EMAIL]пожалуйста");
    assertThat(redact("Mail anna.müller@exämple.de und вася@пример.рф"))
        .isEqualTo("Mail [EMAIL] und [EMAIL]");
  }

  @Test
  void prefersTheLongestOfPlacesThatOverlap() {
    assertThat(redact("07700900123@example.org")).isEqualTo("[EMAIL]");
    assertThat(redact("DE89 3704 0044 0532 0130 00")).isEqualTo("[IBAN]");
  }

  /** Redacting twice changes nothing, also where pieces of cases stand next to each other. */
  @Test
  void changesNothingTheSecondTime() throws IOException {
    List<LabelledText> cases = LabelledText.all();
    Random random = new Random(4);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = 0; piece < 3; piece++) {
        String of = cases.get(random.nextInt(cases.size())).text();
        int start = random.nextInt(of.length());
        text.append(of, start, start + 1 + random.nextInt(of.length() - start));
        text.append(random.nextBoolean() ? "" : " ");
      }
      String once = redact(text.toString());
      assertThat(redact(once)).isEqualTo(once);
      assertThat(redactor.isPersonal(once)).isFalse();
    }
  }

  @Test
  void leavesNothingThatTheLibrariesFindThemselves() throws IOException {
    for (LabelledText labelled : LabelledText.all()) {
      String clean = redact(labelled.text());
      assertThat(
              PhoneNumberUtil.getInstance()
                  .findNumbers(clean, "ZZ", Leniency.VALID, 100)
                  .iterator())
          .as(clean)
          .isExhausted();
      Matcher words = WORD.matcher(clean);
      while (words.find()) {
        assertThat(
                EmailValidator.getInstance().isValid(words.group())
                    && !labelled.expected().contains(words.group()))
            .as(clean)
            .isFalse();
      }
    }
  }

  @Test
  void doesNotCutSurrogatePairs() {
    assertThat(redact("😀anna@example.org😀4111111111111111😀")).isEqualTo("😀[EMAIL]😀[CARD]😀");
    assertThat(redact("𝒂𝒃 07700 900123 𝒄𝒅")).isEqualTo("𝒂𝒃 [PHONE] 𝒄𝒅");
  }

  @Test
  void leavesTheRestOfATextWithOtherCharactersAsItIs() {
    assertThat(redact("Ｔｅｘｔ：４１５-５５５-２６７１\u00A0１２\u00AD；")).isEqualTo("Ｔｅｘｔ：[PHONE]\u00A0１２\u00AD；");
    assertThat(redact("𝐚𝐧𝐧𝐚@example.org\u2060\u202F𝟎")).isEqualTo("[EMAIL]\u2060\u202F𝟎");
    assertThat(redact("Über\u00A0uns\u2011１")).isEqualTo("Über\u00A0uns\u2011１");
  }

  private String redact(String text) {
    return redactor.redact(text, kind -> {});
  }
}
