package dev.attune.launcher.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.aiplatform.v1.Candidate.FinishReason;
import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import dev.attune.catalog.BaseModels;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.emulator.ModelReply;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.launcher.vertex.VertexModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An evaluation of a model behind the real client and an emulated service. */
@Timeout(60)
class HostedEvaluationTest {
  private static final String ENDPOINT = "projects/p/locations/us/endpoints/7001";
  private static final int EXAMPLES = 40;
  private static final RetryLimits QUICK =
      new RetryLimits(3, Duration.ofMillis(1), Duration.ofMillis(2));

  @TempDir private Path folder;

  private VertexEmulator emulator;
  private TestShell shell;
  private AttuneConfig config;
  private Ledger ledger;
  private DatasetDirectory dataset;
  private Job job;

  @BeforeEach
  void tune() throws Exception {
    emulator = VertexEmulator.start();
    shell = new TestShell(folder);
    Path file = new Tickets(folder).configure(LedgerKind.H2.yaml(folder));
    String vertex =
        "{backEnd: vertex, project: p, location: us-central1, baseModel: gemini-3.5-flash,"
            + " plaintext: true, endpoint: \"%s\", storageEndpoint: \"%s\"}"
                .formatted(emulator.endpoint(), emulator.storageEndpoint());
    Files.writeString(file, Files.readString(file).replace("{backEnd: local}", vertex));
    config = ConfigLoader.load(file);
    ledger = Ledger.open(config, shell.shell());
    dataset = new Tickets(folder).publish(shell.shell(), EXAMPLES);
    Job intent =
        ledger
            .jobs()
            .intend(
                new TuningSpec(
                    dataset.fingerprint(),
                    "vertex",
                    "gemini-3.5-flash",
                    "us-central1",
                    new Hyperparameters(3, 4, 1.0)),
                false);
    job =
        ledger
            .jobs()
            .observe(
                intent.id(),
                new BackEndJob(
                    "jobs/1", TuningJobState.SUCCEEDED, "models/1", ENDPOINT, null, null));
  }

  @AfterEach
  void stop() {
    ledger.close();
    emulator.close();
  }

  private AnsweringModel open(ModelAddress address) throws CommandFailure {
    String endpoint = ((Tuned) address).endpoint();
    return VertexModel.tuned(
        config.tuning(), String.valueOf(endpoint), address.baseModel(), BaseModels.bundled());
  }

  private Measured evaluate() throws Exception {
    return new EvaluationRun(config, ledger, this::open, QUICK, shell.shell())
        .run(new EvaluationOrder(job.id(), dataset, Set.of()))
        .report()
        .model();
  }

  private static String prompt(GenerateContentRequest request) {
    return request.getContents(request.getContentsCount() - 1).getParts(0).getText();
  }

  private static GenerateContentResponse right(GenerateContentRequest request) {
    return ModelReply.text(Tickets.truth(prompt(request)));
  }

  @Test
  void countsWhatFailsByItselfAsInvalidAndNeverAsksItAgain() throws Exception {
    emulator.answer(
        request -> {
          String prompt = prompt(request);
          if (prompt.contains(" 3 ")) {
            return ModelReply.blockedAnswer(FinishReason.SAFETY);
          }
          if (prompt.contains(" 4 ")) {
            throw ModelReply.tooLong();
          }
          if (prompt.contains(" 5 ")) {
            throw ModelReply.overloaded();
          }
          return right(request);
        });

    Measured measured = evaluate();

    assertThat(measured.failed())
        .isEqualTo(
            Map.of("blocked: SAFETY", 1, "refused as invalid", 1, "no answer after 3 attempts", 1));
    assertThat(measured.figures().invalidShare().value()).isEqualTo(3.0 / EXAMPLES);
    assertThat(measured.figures().accuracy().value()).isEqualTo(37.0 / EXAMPLES);
    assertThat(shell.err().get(0))
        .startsWith("The evaluation (40 questions to 1 hosted model, ")
        .endsWith(" is estimated at US$ 0.0070.");
    int asked = emulator.asked().size();

    assertThat(evaluate()).isEqualTo(measured);
    assertThat(emulator.asked()).hasSize(asked);
  }

  @Test
  void keepsNothingOfAModelThatTakesNoQuestion() throws Exception {
    emulator.answer(
        request -> {
          throw ModelReply.tooLong();
        });

    CommandFailure failure = catchThrowableOfType(CommandFailure.class, this::evaluate);

    assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure)
        .hasMessageStartingWith(
            "20 questions in a row were refused and none was answered, so the fault is not in the"
                + " questions: ");
    assertThat(ledger.answers().kept(ENDPOINT, dataset.fingerprint())).isEmpty();
    emulator.answer(HostedEvaluationTest::right);
    assertThat(evaluate().figures().accuracy().value()).isEqualTo(1);
  }

  @Test
  void failsNoQuestionWhenTheServiceGoesDown() throws Exception {
    emulator.answer(
        request -> {
          if (emulator.asked().size() > 20) {
            throw ModelReply.overloaded();
          }
          return right(request);
        });

    CommandFailure failure = catchThrowableOfType(CommandFailure.class, this::evaluate);

    assertThat(failure.code().exit()).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(ledger.answers().kept(ENDPOINT, dataset.fingerprint()))
        .hasSizeBetween(18, 20)
        .allSatisfy((example, answer) -> assertThat(answer.isFailed()).isFalse());
    emulator.answer(HostedEvaluationTest::right);
    assertThat(evaluate().failed()).isEmpty();
  }
}
