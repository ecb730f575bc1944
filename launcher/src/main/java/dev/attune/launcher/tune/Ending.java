package dev.attune.launcher.tune;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import java.util.Locale;
import java.util.Optional;

/** What a command says of a job at its end: whether it is a success, and what differs. */
final class Ending {
  private final Shell shell;
  private final Ledger ledger;

  Ending(Shell shell, Ledger ledger) {
    this.shell = shell;
    this.ledger = ledger;
  }

  /**
   * The outcome of a job; a difference between what was sent and what was used is said and entered.
   *
   * @param waited whether somebody wanted it to end
   */
  Tuned of(Job job, boolean waited) {
    if (job.state().hasModel()) {
      difference(job)
          .ifPresent(
              sentence -> {
                shell.err().println(sentence);
                ledger.jobs().remark(job.id(), sentence);
              });
      return new Tuned(job, waited && !job.isOver() ? withoutEndpoint(job) : null);
    }
    if (job.state().hasFailed()) {
      return new Tuned(job, failed(job));
    }
    return new Tuned(job, waited ? late(job) : null);
  }

  /** A sentence where the back end used other examples than it was sent. */
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
    return Tuned.failed(job, "attune tune " + dataset(job) + " --again");
  }

  private static CommandFailure withoutEndpoint(Job job) {
    return new CommandFailure(
        FailureCode.DEADLINE,
        ("Tuning job %s has succeeded, and the back end shows no endpoint of its model after"
                + " tuning.deadline: attune watch %s goes on looking for it.")
            .formatted(job.id(), job.id()));
  }

  private CommandFailure late(Job job) {
    if (job.known() == null) {
      return new CommandFailure(
          FailureCode.DEADLINE,
          "Tuning job %s was not created within tuning.deadline: attune tune %s tries on."
              .formatted(job.id(), dataset(job)),
          null);
    }
    return new CommandFailure(
        FailureCode.DEADLINE,
        "Tuning job %s is %s after tuning.deadline and goes on: attune watch %s resumes."
            .formatted(job.id(), job.state(), job.id()));
  }

  private String dataset(Job job) {
    return ledger.datasets().shown(job.spec().dataset(), shell, "DATASET");
  }
}
