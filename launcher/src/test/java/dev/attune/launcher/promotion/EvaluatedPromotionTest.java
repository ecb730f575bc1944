package dev.attune.launcher.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.EvaluationOrder;
import dev.attune.launcher.evaluation.EvaluationRun;
import dev.attune.launcher.evaluation.Oracle;
import dev.attune.launcher.evaluation.Tickets;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.ledger.Promotions.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From real answers, by the evaluation that counts them, to the gate. */
class EvaluatedPromotionTest {
  private static final int EXAMPLES = 30;

  @TempDir private Path folder;

  private final Map<String, UnaryOperator<String>> voices = new HashMap<>();

  @Test
  void judgesWhatAnEvaluationEntered() throws Exception {
    TestShell shell = new TestShell(folder);
    AttuneConfig config =
        ConfigLoader.load(new Tickets(folder).configure(LedgerKind.H2.yaml(folder)));
    DatasetDirectory dataset = new Tickets(folder).publish(shell.shell(), EXAMPLES);
    try (Ledger ledger = Ledger.open(config, shell.shell())) {
      ledger.datasets().enter(dataset);
      Promotion promotion = new Promotion(ledger, config, shell.shell());

      // The base answers hats to everything. This one knows shoes as well, gloves never.
      Job first = Tickets.tuned(ledger, dataset, 1);
      answers(first, prompt -> Tickets.truth(prompt).replace("gloves", "hats"));
      evaluate(config, ledger, shell, dataset, first);
      assertThat(promotion.promote(first.id(), null).champion()).isEqualTo(first.id());

      Job blind = Tickets.tuned(ledger, dataset, 2);
      answers(blind, prompt -> Tickets.truth(prompt).replace("shoes", "hats"));
      evaluate(config, ledger, shell, dataset, blind);
      PromotionResult refused = promotion.promote(blind.id(), null);
      assertThat(refused.isRefused()).isTrue();
      assertThat(entered(refused).reasons())
          .containsExactly(
              "Recall of shoes is 0.000 (0 of 10 examples) and that of the champion "
                  + first.id()
                  + " is 1.000: a fall of 1.000, where evaluation.maximumRecallDropPerCategory"
                  + " allows 0.050, and the gate refuses where a category of which 3 or more"
                  + " examples were recognised is not recognised at all.");
      assertThat(entered(refused).verdict().sentence())
          .isEqualTo(
              "Refused: it recognises none of the 10 examples of shoes, and the champion "
                  + first.id()
                  + " recognises 10.");

      Job chatty = Tickets.tuned(ledger, dataset, 3);
      answers(
          chatty, prompt -> prompt.contains(" 4 of ") ? "I think gloves" : Tickets.truth(prompt));
      evaluate(config, ledger, shell, dataset, chatty);
      assertThat(entered(promotion.promote(chatty.id(), null)).kind()).isEqualTo(Kind.PROMOTED);
      assertThat(folder.resolve(".env"))
          .hasContent("FINETUNED_MODEL_ID=local:" + chatty.id() + "\n");
    }
  }

  /**
   * The champion was tuned on half of the validation examples and knows these by heart. Counted,
   * they would keep a better model out; that they do where nobody can tell them from the others is
   * shown, too.
   */
  @Test
  void promotesABetterModelThoughTheChampionKnowsSomeAnswersByHeart() throws Exception {
    int known = 60;
    int all = 2 * known;
    TestShell shell = new TestShell(folder);
    AttuneConfig config =
        ConfigLoader.load(new Tickets(folder).configure(LedgerKind.H2.yaml(folder)));
    DatasetDirectory dataset = new Tickets(folder).publish(shell.shell(), all);
    DatasetDirectory other = new Tickets(folder).publishTunedOn(shell.shell(), known, all);
    try (Ledger ledger = Ledger.open(config, shell.shell())) {
      ledger.datasets().enter(dataset);
      ledger.datasets().enter(other);
      Job champion = Tickets.tuned(ledger, other, 1);
      Tickets.promote(ledger, champion);
      answers(champion, prompt -> number(prompt) < known ? truth(prompt) : rightOnceIn(2, prompt));
      Job better = Tickets.tuned(ledger, dataset, 1);
      answers(better, prompt -> rightOnceIn(number(prompt) < known ? 6 : 1, prompt));
      Promotion promotion = new Promotion(ledger, config, shell.shell());

      Path manifest = other.path().local().resolve("manifest.json");
      Files.move(manifest, folder.resolve("moved"));
      evaluate(config, ledger, shell, dataset, better);
      assertThat(promotion.promote(better.id(), null).isRefused()).isTrue();

      Files.move(folder.resolve("moved"), manifest);
      evaluate(config, ledger, shell, dataset, better);
      assertThat(entered(promotion.promote(better.id(), null)).kind()).isEqualTo(Kind.PROMOTED);
    }
  }

  private static int number(String prompt) {
    return Integer.parseInt(prompt.split(" ", -1)[1]);
  }

  private static String truth(String prompt) {
    return Tickets.truth(prompt);
  }

  /** The true category of one prompt in so many; of the others another one. */
  private static String rightOnceIn(int times, String prompt) {
    List<String> categories = List.of("hats", "gloves", "shoes");
    int right = categories.indexOf(truth(prompt));
    boolean isRight = number(prompt) / categories.size() % times == 0;
    return categories.get((right + (isRight ? 0 : 1)) % categories.size());
  }

  private static Entry entered(PromotionResult outcome) {
    return Objects.requireNonNull(outcome.entry());
  }

  private void answers(Job job, UnaryOperator<String> voice) {
    voices.put("endpoints/" + job.id(), voice);
  }

  private void evaluate(
      AttuneConfig config, Ledger ledger, TestShell shell, DatasetDirectory dataset, Job job)
      throws Exception {
    RetryLimits none = new RetryLimits(1, Duration.ofMillis(1), Duration.ofMillis(2));
    EvaluationOrder order =
        new EvaluationOrder(
            job.id(), dataset, EnumSet.of(ContestantRole.BASE, ContestantRole.CHAMPION));
    assertThat(new EvaluationRun(config, ledger, this::open, none, shell.shell()).run(order))
        .isNotNull();
  }

  private AnsweringModel open(ModelAddress address) {
    if (address instanceof Tuned tuned && tuned.endpoint() != null) {
      UnaryOperator<String> voice = Objects.requireNonNull(voices.get(tuned.endpoint()));
      return new Oracle(tuned.endpoint(), true, (prompt, number) -> voice.apply(prompt));
    }
    return new Oracle("most-frequent", false, (prompt, number) -> "hats");
  }
}
