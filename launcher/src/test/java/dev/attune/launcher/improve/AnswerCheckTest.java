package dev.attune.launcher.improve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.Usage;
import dev.attune.pipeline.stage.UnimprovedRow;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCheckTest {
  private static final UnimprovedRow ROW =
      new UnimprovedRow("1", "b", "How do I get it back?", "You  can't.", "Rude");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "COMPLETE | You can ask for it in the app. | none",
        "CUT_OFF | You can | CUT_OFF",
        "BLOCKED | '' | BLOCKED",
        "REFUSED | No. | REFUSED",
        "COMPLETE | '  ' | EMPTY",
        "TOOL_CALLS | '' | EMPTY",
        "COMPLETE | I'm sorry, but I can't help with that. | REFUSED",
        "COMPLETE | YOU CAN’T. | none",
        "COMPLETE | 'You can''t. ' | SAME_ANSWER",
        "COMPLETE | 'YOU CAN''T.' | SAME_ANSWER",
        "COMPLETE | Вы можете запросить это в приложении. | OTHER_LANGUAGE",
      })
  void acceptsCompleteNewAnswersOnly(Finish finish, String text, AnswerFault fault) {
    AnswerCheck.Result result = new AnswerCheck(null, false).check(ROW, reply(finish, text));

    assertThat(result.fault()).isEqualTo(fault);
    assertThat(result.text()).isEqualTo(fault == null ? text.strip() : null);
  }

  @Test
  void refusesHalfCharacters() {
    assertThat(
            new AnswerCheck(null, false).check(ROW, reply(Finish.COMPLETE, "Half \ud83d")).fault())
        .isEqualTo(AnswerFault.UNUSABLE);
  }

  @Test
  void allowsTheLanguageOfATranslationWhereAJudgeSeesTheAnswer() {
    UnimprovedRow row =
        new UnimprovedRow(
            "1",
            "b",
            "Translate this into French for me: The cat is on the roof and it will not come down.",
            "Le chat est dans la maison et il ne veut pas de toit.",
            "The roof is missing");
    String french = "Le chat est sur le toit et il ne veut pas en descendre.";
    String german = "Die Katze ist auf dem Dach und sie will nicht von ihm herunter.";

    assertThat(new AnswerCheck(null, true).check(row, reply(Finish.COMPLETE, french)).fault())
        .isNull();
    assertThat(new AnswerCheck(null, false).check(row, reply(Finish.COMPLETE, french)).fault())
        .isEqualTo(AnswerFault.OTHER_LANGUAGE);
    assertThat(new AnswerCheck(null, true).check(row, reply(Finish.COMPLETE, german)).fault())
        .isEqualTo(AnswerFault.OTHER_LANGUAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 0x0b, 0x0c, 0x1b, 0x1f, 0x7f, 0x80, 0x9b, 0x9f})
  void refusesControlCharacters(int character) {
    String text = "You can " + (char) character + "[2J ask for it.";

    assertThat(new AnswerCheck(null, false).check(ROW, reply(Finish.COMPLETE, text)).fault())
        .isEqualTo(AnswerFault.UNUSABLE);
  }

  @Test
  void keepsTabsAndLineBreaks() {
    String text = "You can:\r\n\task for it.\n\tAnd then\u00a0wait.";

    assertThat(new AnswerCheck(null, false).check(ROW, reply(Finish.COMPLETE, text)).text())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{\"categories\": [\"maths\", \"art\"]} | art, maths | none",
        "Art | art | none",
        "{\"categories\": [\"maths\"]} | none | SAME_ANSWER",
        "MATHS | none | SAME_ANSWER",
        "{\"categories\": []} | none | UNKNOWN_CATEGORY",
        "{\"categories\": [\"music\"]} | none | UNKNOWN_CATEGORY",
        "It is art. | none | UNKNOWN_CATEGORY",
      })
  void acceptsOtherCategoriesOfTheTaxonomyOnly(String text, String answer, AnswerFault fault)
      throws Exception {
    Taxonomy taxonomy =
        TaxonomyLoader.load("[\"art\", \"maths\"]".getBytes(StandardCharsets.UTF_8), "t.json");
    UnimprovedRow row = new UnimprovedRow("1", "b", "Draws a house", "Maths", "It is art");

    AnswerCheck.Result result =
        new AnswerCheck(taxonomy, false).check(row, reply(Finish.COMPLETE, text));

    assertThat(result.fault()).isEqualTo(fault);
    assertThat(result.text()).isEqualTo(answer);
  }

  private static ModelReply reply(Finish finish, String text) {
    return new ModelReply(text, "", List.of(), finish, "", Usage.NONE, "m-1", null);
  }
}
