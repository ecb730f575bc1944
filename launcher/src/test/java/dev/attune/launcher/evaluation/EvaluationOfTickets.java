package dev.attune.launcher.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dataset of tickets, a ledger, and models that answer as a test says. */
abstract class EvaluationOfTickets {
  static final RetryLimits QUICK = new RetryLimits(2, Duration.ofMillis(1), Duration.ofMillis(2));
  static final Set<ContestantRole> BOTH = EnumSet.of(ContestantRole.BASE, ContestantRole.CHAMPION);
  static final int EXAMPLES = 30;

  @TempDir Path folder;

  final Map<String, Oracle> oracles = new HashMap<>();
  final List<ModelAddress> opened = new ArrayList<>();
  TestShell shell;
  AttuneConfig config;
  Ledger ledger;
  DatasetDirectory dataset;

  @BeforeEach
  void open() throws Exception {
    shell = new TestShell(folder);
    config = ConfigLoader.load(new Tickets(folder).configure(LedgerKind.H2.yaml(folder)));
    ledger = Ledger.open(config, shell.shell());
    dataset = new Tickets(folder).publish(shell.shell(), EXAMPLES);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  void prices(String asked, String answered) throws Exception {
    Files.writeString(
        folder.resolve("models.json"),
        """
        {"models": [{"name": "linear-baseline", "format": "gemini", "source": "s",
                     "checkedOn": "2026-11-28",
                     "askingPrice": {"usdPerMillionInputTokens": %s,
                                     "usdPerMillionOutputTokens": %s, "tunedTimes": 1.5,
                                     "source": "s", "checkedOn": "2026-11-28"}}]}
        """
            .formatted(asked, answered));
    String yaml = Files.readString(folder.resolve("attune.yaml"));
    config =
        ConfigLoader.load(
            Files.writeString(
                folder.resolve("attune.yaml"),
                yaml.replace("{backEnd: local}", "{backEnd: local, baseModels: models.json}")));
  }

  EvaluationResult run(String model, Set<ContestantRole> against, double cap) throws Exception {
    return new EvaluationRun(config, ledger, this::open, QUICK, shell.shell())
        .run(new EvaluationOrder(model, dataset, against, cap));
  }

  void assertRefused(String model, String sentence) {
    assertThatThrownBy(() -> run(model, BOTH))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED))
        .hasMessage(sentence);
  }

  Oracle answers(Job job, UnaryOperator<String> voice) {
    Oracle oracle = new Oracle("local:" + job.id(), true, (prompt, number) -> voice.apply(prompt));
    oracles.put("endpoints/" + job.id(), oracle);
    return oracle;
  }

  EvaluationResult run(String model, Set<ContestantRole> against) throws Exception {
    return new EvaluationRun(config, ledger, this::open, QUICK, shell.shell())
        .run(new EvaluationOrder(model, dataset, against));
  }

  AnsweringModel open(ModelAddress address) {
    opened.add(address);
    Oracle hats = new Oracle("most-frequent", false, (prompt, number) -> "hats");
    return address instanceof Tuned tuned ? oracles.getOrDefault(tuned.endpoint(), hats) : hats;
  }
}
