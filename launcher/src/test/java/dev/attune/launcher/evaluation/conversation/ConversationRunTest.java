package dev.attune.launcher.evaluation.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.evaluation.Tickets;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.judge.ConfiguredJudges;
import dev.attune.launcher.judge.FakeJudge;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.promotion.Promotion;
import dev.attune.launcher.promotion.PromotionResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationRunTest extends JudgedTickets {
  private static final int EXAMPLES = 40;

  private FakeJudge one = preferring("gpt", "good");
  private FakeJudge two = preferring("qwen", "good");

  private void judges(FakeJudge first, FakeJudge second) {
    one = first;
    two = second;
    judges.put("one", first);
    judges.put("two", second);
  }

  /** The model is good in all but every tenth answer, the base never. */
  private void publishGoodModel() throws Exception {
    publish(EXAMPLES);
    answers(
        job.id(),
        (prompt, number) -> (prompt.endsWith("0") ? "poor" : "good") + " answer to " + prompt);
    answers("base", (prompt, number) -> "poor answer to " + prompt);
    judges(preferring("gpt", "good"), preferring("qwen", "good"));
  }

  @Test
  void measuresHowOftenAModelWinsAndAsksNothingTwice() throws Exception {
    publishGoodModel();

    ConversationResult result = run();

    JsonNode document = json(result);
    JsonNode base = document.at("/comparisons/base");
    assertThat(base.get("pairs").asInt()).isEqualTo(36);
    assertThat(base.get("equal").asInt()).isEqualTo(4);
    assertThat(base.at("/winRates/0/value").asDouble()).isEqualTo(0.95);
    assertThat(base.at("/winRates/0/low").asDouble()).isBetween(0.85, 0.92);
    assertThat(base.get("winRates").findValuesAsText("without"))
        .containsExactly("null", "gpt", "qwen");
    assertThat(base.at("/judges/0/consistency").asDouble()).isEqualTo(1);
    assertThat(document.at("/judging/canDecide").asBoolean()).isTrue();
    assertThat(document.get("champion").isNull()).isTrue();
    assertThat(one.asked()).hasSize(72);
    assertThat(two.asked()).hasSize(72);
    assertThat(result.lines())
        .anyMatch(line -> line.startsWith("  over the base linear-baseline  0.950 (0."))
        .anyMatch(line -> line.contains("were not compared with people"));

    byte[] page = Files.readAllBytes(Path.of(result.files().page().toString()));
    assertThat(new String(page, java.nio.charset.StandardCharsets.UTF_8))
        .contains("The gate would promote this model: its win rate 0.950 over the base")
        .doesNotContain("secret-text");
    assertThat(Files.readString(Path.of(result.files().json().toString())))
        .isEqualTo(result.document())
        .doesNotContain("secret-text");

    ConversationResult again = run();

    assertThat(again.id()).isEqualTo(result.id());
    assertThat(Files.readAllBytes(Path.of(again.files().page().toString()))).isEqualTo(page);
    assertThat(one.asked()).hasSize(72);
    assertThat(model(job.id()).asked()).hasSize(EXAMPLES);
    PromotionResult promoted = new Promotion(ledger, config, shell.shell()).promote(job.id(), null);
    assertThat(promoted.isRefused()).isFalse();
    assertThat(String.valueOf(entry(promoted).verdict().sentence()))
        .startsWith(
            "Promoted: on 40 validation examples the win rate over the base model linear-baseline"
                + " is 0.950 (95% interval 0.");
  }

  @Test
  void refusesAModelThatLosesAgainstTheChampion() throws Exception {
    publishGoodModel();
    Job successor = Tickets.tuned(ledger, dataset, 2);
    Tickets.promote(ledger, job);
    answers(
        successor.id(),
        (prompt, number) -> (prompt.endsWith("1") ? "good" : "mild") + " answer to " + prompt);
    judges(
        new FakeJudge("gpt", ConversationRunTest::ranked),
        new FakeJudge("qwen", ConversationRunTest::ranked));

    ConversationResult result = run(successor);

    assertThat(json(result).at("/comparisons/champion/winRates/0/value").asDouble())
        .isEqualTo((4 / 2.0 + 4) / EXAMPLES);
    PromotionResult refused =
        new Promotion(ledger, config, shell.shell()).promote(successor.id(), null);
    assertThat(refused.isRefused()).isTrue();
    assertThat(String.valueOf(entry(refused).verdict().sentence()))
        .startsWith("Refused: on 40 validation examples the win rate over the champion ")
        .endsWith(", which shows that it is worse.");
    assertThat(entry(refused).verdict().reasons().get(0))
        .contains("standard errors by all judges, and at least -1.55 are needed.");
  }

  /** Good before mild before poor. */
  private static String ranked(String first, String second) {
    int difference = rank(first) - rank(second);
    return difference == 0 ? "equal" : difference > 0 ? "a" : "b";
  }

  private static int rank(String answer) {
    return List.of("poor", "mild", "good").indexOf(answer.substring(0, 4));
  }

  @Test
  void leavesOutJudgesThatPreferOtherAnswersThanPeople() throws Exception {
    publishGoodModel();
    judges(preferring("gpt", "poor"), preferring("qwen", "good"));
    Files.writeString(
        folder.resolve("gold.jsonl"),
        """
        {"prompt": "Hello?", "first": "a good day", "second": "a poor day", "choice": "first"}
        {"prompt": "Mail to me@example.org", "first": "a poor one", "second": "a good one", "choice": "second"}
        """);
    configure(TWO_JUDGES, JUDGING + ", gold: gold.jsonl");

    ConversationResult result = run();

    JsonNode judging = json(result).get("judging");
    assertThat(judging.at("/judges/0/used").asBoolean()).isFalse();
    assertThat(judging.at("/judges/0/goldAgreement/value").asDouble()).isZero();
    assertThat(judging.at("/judges/1/goldAgreement/value").asDouble()).isEqualTo(1);
    assertThat(judging.get("canDecide").asBoolean()).isFalse();
    assertThat(one.asked()).hasSize(4);
    assertThat(one.asked().toString()).contains("Mail to [EMAIL]").doesNotContain("example.org");
    assertThat(result.lines())
        .anyMatch(line -> line.contains("The judge one is left out: on 2 choices of people"))
        .anyMatch(line -> line.contains("All judges are of the family qwen"));
    assertThat(promotion())
        .isEqualTo(
            "Refused: all judges that are left (two) are of one family, and judges of one family do"
                + " not decide alone.");

    judges(preferring("gpt-b", "poor"), preferring("qwen-b", "poor"));
    configure(
        TWO_JUDGES.replace("gpt-six", "gpt-seven").replace("qwen-four", "qwen-five"),
        JUDGING + ", gold: gold.jsonl");
    JsonNode none = json(run());
    assertThat(none.at("/comparisons/base/winRates").isEmpty()).isTrue();
    assertThat(promotion())
        .isEqualTo(
            "Refused: no judge agrees with people often enough to decide"
                + " (evaluation.minimumJudgeAgreement).");
    PromotionResult forced =
        new Promotion(ledger, config, shell.shell()).promote(job.id(), "looked at it");
    assertThat(forced.isRefused()).isFalse();
  }

  private String promotion() throws CommandFailure {
    return String.valueOf(
        entry(new Promotion(ledger, config, shell.shell()).promote(job.id(), null))
            .verdict()
            .sentence());
  }

  @Test
  void countsNoAnswerAsLostAndSendsNothingPersonalToJudges() throws Exception {
    publish(EXAMPLES);
    answers(
        job.id(),
        (prompt, number) -> {
          if (prompt.endsWith(" 3")) {
            throw AskException.ofQuestion("blocked: SAFETY", "Blocked.", null);
          }
          return "good, write to tester" + number + "@example.org";
        });
    answers("base", (prompt, number) -> prompt.endsWith(" 4") ? "  " : "poor");
    judges(preferring("gpt", "good"), preferring("qwen", "good"));

    JsonNode document = json(run());

    assertThat(document.at("/model/failed/blocked: SAFETY").asInt()).isEqualTo(1);
    assertThat(document.at("/model/invalidShare/value").asDouble()).isEqualTo(0.025);
    assertThat(document.at("/comparisons/base/unanswered").asInt()).isEqualTo(2);
    assertThat(document.at("/comparisons/base/winRates/0/value").asDouble()).isEqualTo(0.975);
    assertThat(one.asked().toString()).contains("[EMAIL]").doesNotContain("example.org");
  }

  @Test
  void stopsWithWhatIsMissingBeforeAnyModelIsAsked() throws Exception {
    publishGoodModel();
    configure("", "metric: macroF1");
    assertRefused(
        "The answers of a conversation dataset are compared by judges, and attune.yaml has none:"
            + " add models and evaluation.judges. Nothing was paid.");
    configure(TWO_JUDGES.replace("qwen-four", "linear-judge"), JUDGING);
    assertRefused(
        "The judge two is of the family linear, like the compared model linear-baseline, and might"
            + " prefer its answers: name another model in evaluation.judges. Nothing was paid.");
    configure(TWO_JUDGES, JUDGING + ", rubric: none.md");
    assertRefused("There is no file none.md: correct evaluation.rubric in attune.yaml.");
    Files.writeString(
        folder.resolve("gold.jsonl"),
        "{\"example\": \"0\", \"first\": \"a\", \"second\": \"b\", \"choice\": \"first\"}");
    configure(TWO_JUDGES, JUDGING + ", gold: gold.jsonl");
    assertRefused(
        "gold.jsonl:1 names an example that is not in valid.jsonl of this dataset: give the prompt"
            + " instead.");
    Files.writeString(folder.resolve("gold.jsonl"), "{}");
    assertThatThrownBy(() -> ConfiguredJudges.of(config, shell.shell()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("gold.jsonl:1 needs first, second, choice");
    assertThat(model(job.id()).asked()).isEmpty();
  }

  @Test
  void asksNoModelIfJudgesWouldCostMoreThanTheCapOfAllModels() throws Exception {
    publishGoodModel();
    configure(
        TWO_JUDGES.replace("gpt-six,", "gpt-six, price: {input: 1000, output: 1000},")
            + "spending: {maxCostUsd: 1}\n",
        JUDGING);

    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining(", above the cost cap of US$ 1: raise the cap (--max-cost, ");
    assertThat(model(job.id()).asked()).isEmpty();
    assertThat(one.asked()).isEmpty();
  }

  @Test
  void repeatsForNothingAlsoBelowTheEstimate() throws Exception {
    publishGoodModel();
    String dear = TWO_JUDGES.replace("gpt-six,", "gpt-six, price: {input: 1000, output: 1000},");
    configure(dear + "spending: {maxCostUsd: 100000}\n", JUDGING);
    String first = run().summary();
    int asked = one.asked().size();

    configure(dear + "spending: {maxCostUsd: 0.01}\n", JUDGING);

    assertThat(run().summary()).isEqualTo(first);
    assertThat(one.asked()).hasSize(asked).isNotEmpty();
  }

  @Test
  void estimatesOnlyWhatIsNotYetAnsweredOrJudged() throws Exception {
    publishGoodModel();
    Files.writeString(
        folder.resolve("gold.jsonl"),
        """
        {"prompt": "One?", "first": "a good day", "second": "a poor day", "choice": "first"}
        {"prompt": "Two?", "first": "a poor one", "second": "a good one", "choice": "second"}
        """);
    configure(TWO_JUDGES, JUDGING + ", gold: gold.jsonl");

    run();

    // Both models, and both judges in both orders on the examples and on people's choices.
    assertEstimated((2 * EXAMPLES + 4 * (EXAMPLES + 2)) + " questions to 4 hosted models");

    Job champion = Tickets.tuned(ledger, dataset, 2);
    Tickets.promote(ledger, champion);
    answers(champion.id(), (prompt, number) -> "poor answer of the champion to " + prompt);
    run();

    assertEstimated((EXAMPLES + 4 * EXAMPLES) + " questions to 3 hosted models");
    assertThat(one.asked()).hasSize(2 * (36 + 2 + EXAMPLES));
  }

  private void assertEstimated(String description) {
    assertThat(shell.err().stream().filter(line -> line.startsWith("The evaluation (")).toList())
        .last()
        .asString()
        .startsWith("The evaluation (" + description + ",");
  }

  @Test
  void asksNoModelIfNobodyCanAgreeToTheCostOfJudges() throws Exception {
    publishGoodModel();
    configure(TWO_JUDGES.replace("gpt-six,", "gpt-six, price: {input: 1, output: 1},"), JUDGING);

    assertThatThrownBy(this::run)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("nobody can be asked here: set spending.maxCostUsd");
    assertThat(model(job.id()).asked()).isEmpty();
  }

  @Test
  void asksASilentJudgeAboutTheFirstPairsOnly() throws Exception {
    publishGoodModel();
    judges(new FakeJudge("gpt", (first, second) -> "I cannot tell"), two);

    assertThatThrownBy(this::run)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The judge one has no verdict on any of 2");
    assertThat(one.asked()).hasSizeBetween(40, 48);
    assertThat(shell.err()).anyMatch(line -> line.startsWith("Spent "));
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED))
        .hasMessage(sentence);
  }
}
