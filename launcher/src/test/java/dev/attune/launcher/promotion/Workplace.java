package dev.attune.launcher.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.Identity;
import dev.attune.schema.DatasetManifest.MadeBy;
import dev.attune.schema.DatasetManifest.Read;
import dev.attune.schema.DatasetManifest.RecordCounts;
import dev.attune.schema.DatasetManifest.Rejected;
import dev.attune.schema.DatasetManifest.SourceFiles;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.SplitOverlap;
import dev.attune.schema.DatasetManifest.Tokens;
import dev.attune.schema.RulesVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder with a configuration and a real ledger, in which models were tuned and evaluated. */
public final class Workplace {
  public static final String FINGERPRINT = "sha256:" + "a".repeat(64);
  public static final String DATASET = "talk";
  public static final String RUN = "r1";

  private final Path folder;
  private final LedgerKind kind;
  private TestShell typed;

  public Workplace(Path folder, LedgerKind kind) throws IOException {
    this.folder = folder;
    this.kind = kind;
    this.typed = new TestShell(folder);
    configure("");
  }

  /** Writes attune.yaml with further lines. */
  public void configure(String lines) throws IOException {
    Files.writeString(
        folder.resolve("attune.yaml"),
        "dataset: "
            + DATASET
            + "\ntask: conversation\nsources: {generated: {files: [a.jsonl]}}\n"
            + kind.yaml(folder)
            + lines);
  }

  public AttuneConfig config() {
    try {
      return ConfigLoader.load(folder.resolve("attune.yaml"));
    } catch (ConfigException e) {
      throw new IllegalStateException(String.valueOf(e.faults()), e);
    }
  }

  /** Forgets what was printed, and gives the shell that prints from now on. */
  public TestShell newShell() {
    typed = new TestShell(folder);
    return typed;
  }

  /** The shell with the ledger's password in its environment. */
  public Shell shell() {
    Shell shell = typed.shell();
    Map<String, String> environment = new HashMap<>(shell.environment());
    environment.put(LedgerKind.VARIABLE, LedgerKind.PASSWORD);
    return new Shell(
        shell.out(), shell.err(), false, shell.directory(), environment, shell.clock());
  }

  public Ledger ledger() throws CommandFailure {
    return Ledger.open(config(), shell());
  }

  public Promotion promotion(Ledger ledger) {
    return new Promotion(ledger, config(), shell());
  }

  public Path envFile() {
    return folder.resolve(".env");
  }

  /** A model of the local back end, tuned with so many epochs on the dataset. */
  public static String local(Ledger ledger, int epochs) {
    return model(
        ledger,
        new TuningSpec(
            FINGERPRINT, "local", "linear-baseline", "local", new Hyperparameters(epochs, 4, 1.0)),
        "/models/" + epochs);
  }

  /** A tuning job that failed. */
  public static String failed(Ledger ledger, int epochs) {
    ledger.datasets().enter(directory(FINGERPRINT, DATASET));
    Hyperparameters parameters = new Hyperparameters(epochs, 4, 1.0);
    Job job =
        ledger
            .jobs()
            .intend(
                new TuningSpec(FINGERPRINT, "local", "linear-baseline", "local", parameters),
                false);
    ledger
        .jobs()
        .observe(
            job.id(),
            new BackEndJob("j", TuningJobState.FAILED, null, null, "too few examples", null));
    return job.id();
  }

  /** A model that the gate refuses. */
  public static String worseThanItsBase(Ledger ledger) {
    String model = local(ledger, 5);
    evaluate(
        ledger,
        new MeasuredJson.Document(
            MeasuredJson.of(model, 0.5, 60, 16),
            MeasuredJson.of("linear-baseline", 0.7, 60, 16),
            null));
    return model;
  }

  /** A model of Vertex AI with an endpoint. */
  public static String hosted(Ledger ledger, int epochs) {
    return model(
        ledger,
        new TuningSpec(
            FINGERPRINT,
            "vertex",
            "gemini-3.5-flash",
            "us-central1",
            new Hyperparameters(epochs, 4, 1.0)),
        "projects/7/locations/us-central1/endpoints/" + epochs);
  }

  /** Of a job of Vertex AI on the dataset whose fingerprint is this digit 64 times. */
  static TuningSpec hostedSpec(String digit) {
    return new TuningSpec(
        "sha256:" + digit.repeat(64),
        "vertex",
        "gemini-3.5-flash",
        "us-central1",
        new Hyperparameters(3, 4, 1.0));
  }

  static String model(Ledger ledger, TuningSpec spec, String endpoint) {
    ledger.datasets().enter(directory(spec.dataset(), DATASET));
    Job job = ledger.jobs().intend(spec, false);
    ledger
        .jobs()
        .observe(
            job.id(),
            new BackEndJob(
                "jobs/" + job.id(), TuningJobState.SUCCEEDED, "m@1", endpoint, null, null));
    return job.id();
  }

  static DatasetDirectory directory(String fingerprint, String name) {
    DatasetManifest manifest =
        new DatasetManifest(
            new Identity(name, "classification", "gemini", RUN, fingerprint, "b".repeat(64)),
            new RecordCounts(new Read(0, 9, 0, 9), 5, 4, new Rejected(0, Map.of())),
            Map.of(),
            Map.of(),
            new SplitOverlap(0, null, null, null),
            new Tokens(40, 8, "utf8-bytes/4"),
            List.of(),
            new Sources(null, new SourceFiles(List.of()), null, null),
            JsonNodeFactory.instance.objectNode(),
            new MadeBy(RulesVersion.CURRENT, Map.of()));
    return new DatasetDirectory(Place.of(Path.of("/datasets", name, RUN)), manifest);
  }

  /** Enters that the dataset stands in a folder, which is made. */
  public static Path standing(Ledger ledger, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("manifest.json"), "{}");
    DatasetManifest manifest = directory(FINGERPRINT, DATASET).manifest();
    ledger.datasets().enter(new DatasetDirectory(Place.of(folder), manifest));
    return folder;
  }

  /** Evaluates a model that is better than its base model and as good as the champion. */
  static void good(Ledger ledger, String model, @Nullable String champion) {
    evaluate(
        ledger,
        new MeasuredJson.Document(
            MeasuredJson.of(model, 0.8, 60, 16),
            MeasuredJson.of("linear-baseline", 0.7, 60, 16),
            champion == null ? null : MeasuredJson.of(champion, 0.8, 60, 16)));
  }

  /** Tunes a model that passes the gate, and promotes it. */
  String promoted(Ledger ledger, int epochs) throws CommandFailure {
    String model = local(ledger, epochs);
    good(ledger, model, ledger.promotions().champion(DATASET).orElse(null));
    PromotionResult outcome = promotion(ledger).promote(model, null);
    assertThat(outcome.champion()).isEqualTo(model);
    return model;
  }

  /** Enters an evaluation of a model as attune evaluate does. */
  public static Evaluations.Entry evaluate(Ledger ledger, MeasuredJson.Document document) {
    return ledger
        .evaluations()
        .enter(document.model().id(), FINGERPRINT, "validation", document.json(), "e.html");
  }

  /** Enters an evaluation as an older version of attune evaluate did. */
  public static Evaluations.Entry evaluateAsBefore(Ledger ledger, MeasuredJson.Document document) {
    return ledger
        .evaluations()
        .enter(document.model().id(), FINGERPRINT, "validation", document.olderJson(), "e.html");
  }
}
