package dev.attune.launcher.tuning.submission;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import java.util.Locale;
import java.util.Optional;

/**
 * Builds the result of a tuning command from its job, and reports training examples that the back
 * end did not use.
 */
final class TuningResults {
  private final Shell shell;
  private final Ledger ledger;

  TuningResults(Shell shell, Ledger ledger) {
    this.shell = shell;
    this.ledger = ledger;
  }

  /**
   * Returns the result of a job. If the back end used other examples than it was sent, it prints a
   * sentence and enters it in the ledger.
   *
   * @param waited whether the command waited for the end of the job
   */
  TuningResult of(Job job, boolean waited) {
    if (job.state().hasModel()) {
      difference(job)
          .ifPresent(
              sentence -> {
                shell.err().println(sentence);
                ledger.jobs().remark(job.id(), sentence);
              });
      return new TuningResult(job, waited && !job.isOver() ? withoutEndpoint(job) : null);
    }
    if (job.state().hasFailed()) {
      return new TuningResult(job, failed(job));
    }
    return new TuningResult(job, waited ? late(job) : null);
  }

  /** Returns a sentence if the back end used other examples than it was sent. */
  private Optional<String> difference(Job job) {
    Usage usage = job.usage();
    Datasets.Entry dataset = ledger.datasets().find(job.spec().dataset()).orElse(null);
    if (usage == null || dataset == null) {
      return Optional.empty();
    }
    if (usage.examples() == dataset.training() && usage.dropped() == 0) {
      return Optional.empty();
    }
    String lines =
        usage.droppedExamples().isEmpty()
            ? ""
            : ", among them line%s%s of train.jsonl"
                .formatted(
                    usage.droppedExamples().size() == 1 ? " " : "s ",
                    String.join(
                        ", ", usage.droppedExamples().stream().map(String::valueOf).toList()));
    String reasons =
        usage.reasons().isEmpty() ? "" : " (" + String.join("; ", usage.reasons()) + ")";
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: of %,d training examples that were sent the back end counts %,d and dropped or"
                + " cut %,d%s%s.",
            job.id(),
            dataset.training(),
            usage.examples(),
            usage.dropped(),
            lines,
            reasons));
  }

  private CommandFailure failed(Job job) {
    return TuningResult.failed(job, "attune tune " + dataset(job) + " --again");
  }

  private static CommandFailure withoutEndpoint(Job job) {
    return new CommandFailure(
        FailureCode.DEADLINE,
        ("Tuning job %s has succeeded, but the back end shows no endpoint of its model within"
                + " tuning.deadline: run attune watch %s.")
            .formatted(job.id(), job.id()));
  }

  private CommandFailure late(Job job) {
    if (job.known() == null) {
      return new CommandFailure(
          FailureCode.DEADLINE,
          "Tuning job %s was not created within tuning.deadline: run attune tune %s again."
              .formatted(job.id(), dataset(job)),
          null);
    }
    return new CommandFailure(
        FailureCode.DEADLINE,
        "Tuning job %s is %s after tuning.deadline and continues: attune watch %s resumes."
            .formatted(job.id(), job.state(), job.id()));
  }

  private String dataset(Job job) {
    return ledger.datasets().shown(job.spec().dataset(), shell, "DATASET");
  }
}
