package dev.attune.launcher.evaluation;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Promotions.Decision;
import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.launcher.ledger.Promotions.Verdict;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A place of work: a configuration, a dataset of tickets about hats, gloves and shoes, and jobs
 * that have tuned on it. A prompt ends in the category that is true of it.
 */
public final class Tickets {
  static final List<String> CATEGORIES = List.of("hats", "gloves", "shoes");

  private static final String TAXONOMY =
      """
      {"name": "wear", "version": "1", "categories": [
        {"id": "hats", "name": "Hats and caps", "aliases": ["headwear"]},
        {"id": "gloves", "name": "Gloves"},
        {"id": "shoes", "name": "Shoes"}]}
      """;

  private final Path folder;

  public Tickets(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes attune.yaml and the taxonomy.
   *
   * @param ledger the line that configures the ledger
   */
  public Path configure(String ledger) throws IOException {
    Files.writeString(folder.resolve("wear.json"), TAXONOMY);
    return Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: tickets
        task: classification
        taxonomy: wear.json
        sources: {generated: {files: [a.jsonl]}}
        output: {directory: build/datasets}
        tuning: {backEnd: local}
        evaluation: {parallelism: 3, requestsPerMinute: 60000}
        """
            + ledger);
  }

  /** A dataset with so many validation examples, evenly spread over the categories. */
  public DatasetDirectory publish(Shell shell, int examples) throws IOException, CommandFailure {
    List<ExampleLine> train = List.of(TicketDataset.example("one more of hats", "hats"));
    return publish(shell, train, examples(0, examples));
  }

  /**
   * Another split of the same examples: the first of those that {@link #publish} has as validation
   * are its training, one that is new its validation.
   *
   * @param training how many are training
   * @param examples how many {@link #publish} made
   */
  public DatasetDirectory publishTunedOn(Shell shell, int training, int examples)
      throws IOException, CommandFailure {
    if (training > examples) {
      throw new IllegalArgumentException(training + " of " + examples);
    }
    return publish(
        shell,
        examples(0, training),
        List.of(TicketDataset.example("asked by nobody else of hats", "hats")));
  }

  private static List<ExampleLine> examples(int from, int to) {
    List<ExampleLine> examples = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String category = CATEGORIES.get(i % CATEGORIES.size());
      examples.add(TicketDataset.example("secret-text " + i + " of " + category, category));
    }
    return examples;
  }

  private DatasetDirectory publish(Shell shell, List<ExampleLine> train, List<ExampleLine> valid)
      throws IOException, CommandFailure {
    return new TicketDataset(folder.resolve("build/datasets"))
        .publish(shell, CATEGORIES, train, valid);
  }

  /** A job that has succeeded; other epochs are another job. */
  public static Job tuned(Ledger ledger, DatasetDirectory dataset, int epochs) {
    Job job = begun(ledger, dataset.fingerprint(), epochs);
    return ledger
        .jobs()
        .observe(
            job.id(),
            new BackEndJob(
                "jobs/" + job.id(),
                TuningJobState.SUCCEEDED,
                "models/" + job.id(),
                "endpoints/" + job.id(),
                null,
                null));
  }

  /** A job whose creation may be under way. */
  public static Job begun(Ledger ledger, String dataset, int epochs) {
    TuningSpec spec =
        new TuningSpec(
            dataset, "local", "linear-baseline", "local", new Hyperparameters(epochs, 4, 1.0));
    Job job = ledger.jobs().intend(spec, false);
    ledger.jobs().claimCreate(job, Instant.ofEpochSecond(4_000_000_000L));
    return job;
  }

  /** Makes a model the champion. */
  public static void promote(Ledger ledger, Job job) {
    int seen = ledger.promotions().of("tickets").size();
    Decision decision =
        new Decision("tickets", Kind.PROMOTED, job.id(), null, Verdict.NOT_APPLIED, null);
    if (ledger.promotions().enter(decision, seen).isEmpty()) {
      throw new IllegalStateException("somebody else promoted meanwhile");
    }
  }

  /** The category that is true of a prompt. */
  public static String truth(String prompt) {
    return prompt.substring(prompt.lastIndexOf(' ') + 1);
  }
}
