package dev.attune.launcher.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.judge.panel.OrderVerdict;
import dev.attune.launcher.judge.panel.PairVerdict;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldFileTest {
  private static final ExampleLine EXAMPLE =
      new ExampleLine("Be kind.", List.of(Turn.user("Hello"), Turn.model("The true answer")));

  private static List<GoldChoice> read(String file) throws CommandFailure {
    return new GoldFile(
            "gold.jsonl", Map.of("abc", EXAMPLE), text -> text.replace("me@x", "[EMAIL]"))
        .read(file);
  }

  @Test
  void readsChoicesOfExamplesAndOfPrompts() throws Exception {
    List<GoldChoice> choices =
        read(
            """
            {"example": "abc", "first": "one", "second": "two of me@x", "choice": "second"}

            {"prompt": "Who is me@x?", "first": "one", "second": "two", "choice": "equal"}
            """);

    assertThat(choices)
        .containsExactly(
            new GoldChoice(
                new AnswerPair(
                    "Be kind.", List.of(Turn.user("Hello")), "one", "two of [EMAIL]", null),
                PairVerdict.LOSS),
            new GoldChoice(
                new AnswerPair(null, List.of(Turn.user("Who is [EMAIL]?")), "one", "two", null),
                PairVerdict.TIE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "{\"example\": \"abc\", \"first\": \"one\", \"second\": \"two\", \"choice\": \"a\"}",
        "{\"example\": \"abc\", \"first\": \" \", \"second\": \"two\", \"choice\": \"first\"}",
        "{\"first\": \"one\", \"second\": \"two\", \"choice\": \"first\"}",
        "{\"example\": \"abc\", \"prompt\": \"p\", \"first\": \"one\", \"second\": \"two\","
            + " \"choice\": \"first\"}",
        "{\"example\": \"other\", \"first\": \"one\", \"second\": \"two\", \"choice\": \"first\"}"
      })
  void namesTheLineWithoutItsText(String line) {
    assertThatThrownBy(() -> read("\n" + line))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED))
        .hasMessageStartingWith("gold.jsonl:2 ")
        .hasMessageNotContaining("two");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> read("\n")).hasMessageStartingWith("gold.jsonl has no choice");
  }

  /** Guessing and always saying equal are worth a half. */
  @Test
  void measuresAgreementWithPeople() {
    List<GoldChoice> people = new ArrayList<>();
    for (PairVerdict choice :
        List.of(PairVerdict.WIN, PairVerdict.WIN, PairVerdict.LOSS, PairVerdict.LOSS)) {
      people.add(
          new GoldChoice(
              new AnswerPair(null, List.of(Turn.user("p")), "one", "two", null), choice));
    }
    PairJudgement win = judgement(OrderVerdict.FIRST, OrderVerdict.SECOND);
    PairJudgement loss = judgement(OrderVerdict.SECOND, OrderVerdict.FIRST);
    PairJudgement tie = judgement(OrderVerdict.FIRST, OrderVerdict.FIRST);

    assertThat(GoldAgreement.of(people, List.of(win, win, loss, loss)).value()).isEqualTo(1);
    assertThat(GoldAgreement.of(people, List.of(win, tie, loss, win)).value()).isEqualTo(0.625);
    assertThat(GoldAgreement.of(people, List.of(tie, tie, tie, tie)).value()).isEqualTo(0.5);
    assertThat(GoldAgreement.of(people, List.of(loss, loss, win, win)).value()).isZero();
    assertThat(GoldAgreement.of(people, List.of(win, win, loss, loss)).kappa()).isEqualTo(1);
  }

  private static PairJudgement judgement(OrderVerdict shown, OrderVerdict swapped) {
    return new PairJudgement(new JudgeReply(shown, null), new JudgeReply(swapped, null));
  }
}
