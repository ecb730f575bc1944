package dev.attune.launcher.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.baseline.LocalBackEnd;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.Tickets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.ModelSession.Services;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.call.RetryRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunedTextModelTest {
  private static final String MODELS =
      """
      models:
        general: {provider: openai, baseUrl: "http://127.0.0.1:1/v1", model: small, requestsPerMinute: 100000}
        tuned: {provider: champion, fallback: general}
      """;
  private static final String ENDPOINT = "projects/p/locations/us-central1/endpoints/9";
  private static final int LOOKS = 3_000;

  @TempDir private Path folder;
  private final EchoAdapter adapter = new EchoAdapter();
  private Shell shell;
  private Ledger ledger;
  private ModelSession session;

  @BeforeEach
  void open() throws Exception {
    shell = new TestShell(folder).shell();
    Path file = new Tickets(folder).configure(LedgerKind.H2.yaml(folder) + MODELS);
    AttuneConfig config = ConfigLoader.load(file);
    ledger = Ledger.open(config, shell);
    CostQuestion nobody = new TerminalQuestion(shell, System.in, false);
    RetryRules rules =
        new RetryRules(2, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(1), 5);
    session =
        ModelSession.open(
            config, ledger, shell, Consent.NONE, new Services(adapter, rules, nobody));
  }

  @AfterEach
  void close() {
    session.close();
    ledger.close();
  }

  private static ModelRequest request(String text) {
    return ModelRequest.of(null, text, Sampling.DEFAULT);
  }

  /** A model tuned from gemini-3.5-flash, which answers from the multi-region us. */
  private Job gemini() {
    TuningSpec spec =
        new TuningSpec(
            "sha256:" + "a".repeat(64),
            "vertex",
            "gemini-3.5-flash",
            "us-central1",
            new Hyperparameters(3, 4, 1.0));
    Job job = ledger.jobs().intend(spec, false);
    return ledger
        .jobs()
        .observe(
            job.id(),
            new BackEndJob(
                "projects/p/tuningJobs/1",
                TuningJobState.SUCCEEDED,
                "models/7@1",
                ENDPOINT,
                null,
                null));
  }

  @Test
  void asksATunedGeminiByIdAndByEndpointForTheTunedPrice() throws Exception {
    Job job = gemini();

    ModelReply reply = session.model(job.id().substring(0, 6)).ask(request("q"));
    ModelReply again = session.model(ENDPOINT).ask(request("q"));

    assertThat(reply.text()).isEqualTo(ENDPOINT + " 1");
    assertThat(again).isEqualTo(reply);
    assertThat(adapter.opened().get(0).access().location()).isEqualTo("us");
    // 1.5 times 1.50 for 1,000 and 9.00 for 100 of a million tokens.
    assertThat(session.spent()).isEqualByComparingTo("0.0036");
  }

  @Test
  void asksTheNextLocationWhereOneDoesNotServeTheModel() throws Exception {
    gemini();
    adapter.breakDown("us", Kind.MODEL);

    assertThat(session.model(ENDPOINT).ask(request("q")).text()).isEqualTo(ENDPOINT + " 2");
    assertThat(session.model(ENDPOINT).ask(request("r")).text()).isEqualTo(ENDPOINT + " 3");
  }

  @Test
  void theChampionAnswersWithoutAFallback() throws Exception {
    Tickets.promote(ledger, gemini());

    ModelReply reply = session.model("tuned").ask(request("q"));

    assertThat(reply.text()).isEqualTo(ENDPOINT + " 1");
    assertThat(reply.fallback()).isNull();
  }

  @Test
  void theFallbackAnswersForAChampionThatCannotAnswerButNotForAFaultyRequest() throws Exception {
    Tickets.promote(ledger, gemini());
    adapter.breakDown(ENDPOINT, Kind.MODEL);

    ModelReply reply = session.model("tuned").ask(request("q"));

    assertThat(reply.text()).startsWith("small ");
    assertThat(reply.fallback())
        .isEqualTo(ENDPOINT + " cannot answer: " + ENDPOINT + " is broken.");

    adapter.breakDown(ENDPOINT, Kind.REQUEST);
    assertThat(
            catchThrowableOfType(
                ModelException.class, () -> session.model("tuned").ask(request("r"))))
        .hasMessage(ENDPOINT + " is broken.");
  }

  @Test
  void aModelOfTheLocalBackEndAnswersWithCategoriesAndCostsNothing() throws Exception {
    DatasetDirectory dataset = new Tickets(folder).publish(shell, 12);
    TuningSpec spec =
        new TuningSpec(
            dataset.fingerprint(),
            LocalBackEnd.NAME,
            LocalBackEnd.BASE_MODEL,
            LocalBackEnd.LOCATION,
            new Hyperparameters(3, 4, 1.0));
    Job job = ledger.jobs().intend(spec, false);
    LocalBackEnd backEnd = new LocalBackEnd(folder.resolve("local"), shell.clock());
    try {
      BackEndJob seen = backEnd.create(spec, backEnd.stage(dataset), "ledger");
      for (int look = 0; look < LOOKS && !seen.state().isTerminal(); look++) {
        new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        seen = backEnd.get(seen.name());
      }
      ledger.jobs().observe(job.id(), seen);
    } finally {
      backEnd.close();
    }
    String typed = "local:" + job.id();

    ModelReply reply = session.model(typed).ask(request("I lost one of my hats"));
    session.agree(List.of(new PlannedRequests(typed, List.of(request("x")))));

    assertThat(reply.text()).isIn("hats", "gloves", "shoes");
    assertThat(session.spent()).isZero();
    assertThat(adapter.opened()).isEmpty();
    assertThat(session.sampling(typed).maxOutputTokens()).isEqualTo(2048);
  }
}
