package dev.attune.launcher.tuning;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import java.util.List;
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
    BackEndJob known = job.known();
    Usage usage = known == null ? null : known.usage();
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
            : ", among them line"
                + (usage.droppedExamples().size() == 1 ? " " : "s ")
                + String.join(", ", usage.droppedExamples().stream().map(String::valueOf).toList())
                + " of train.jsonl";
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
        "Tuning job "
            + job.id()
            + " has succeeded, and the back end shows no endpoint of its model after"
            + " tuning.deadline: attune watch "
            + job.id()
            + " goes on looking for it.");
  }

  private CommandFailure late(Job job) {
    if (job.known() == null) {
      return new CommandFailure(
          FailureCode.DEADLINE,
          List.of(),
          "Tuning job "
              + job.id()
              + " was not created within tuning.deadline: attune tune "
              + dataset(job)
              + " tries on.",
          null);
    }
    return new CommandFailure(
        FailureCode.DEADLINE,
        "Tuning job "
            + job.id()
            + " is "
            + job.state()
            + " after tuning.deadline and goes on: attune watch "
            + job.id()
            + " resumes.");
  }

  private String dataset(Job job) {
    Datasets.Entry entry = ledger.datasets().find(job.spec().dataset()).orElse(null);
    return entry == null ? "DATASET" : shell.show(entry.directory());
  }
}
