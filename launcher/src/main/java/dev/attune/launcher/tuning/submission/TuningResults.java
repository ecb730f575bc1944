package dev.attune.launcher.tuning.submission;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import java.util.Optional;

/**
 * Builds the result of a tuning command from its job, and reports training examples that the back
 * end did not use.
 */
record TuningResults(Shell shell, Ledger ledger) {
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
      return TuningResult.of(job, waited && !job.isOver() ? withoutEndpoint(job) : null);
    }
    if (job.state().hasFailed()) {
      String again = "attune tune " + ledger.datasets().typed(job, shell) + " --again";
      return TuningResult.of(job, TuningResult.failed(job, again));
    }
    return TuningResult.of(job, waited ? late(job) : null);
  }

  /** Returns a sentence if the back end used other examples than it was sent. */
  private Optional<String> difference(Job job) {
    Usage usage = job.usage();
    Datasets.Entry dataset = ledger.datasets().find(job.spec().dataset()).orElse(null);
    if (usage == null
        || dataset == null
        || (usage.examples() == dataset.training() && usage.dropped() == 0)) {
      return Optional.empty();
    }
    String dropped =
        String.join(", ", usage.droppedExamples().stream().map(String::valueOf).toList());
    String lines =
        dropped.isEmpty()
            ? ""
            : Messages.of(
                usage.droppedExamples().size() == 1
                    ? "launcher.job.dropped-line"
                    : "launcher.job.dropped-lines",
                dropped);
    String reasons =
        usage.reasons().isEmpty() ? "" : " (" + String.join("; ", usage.reasons()) + ")";
    return Optional.of(
        Messages.of(
            "launcher.job.examples-differ",
            job.id(),
            FigureText.count(dataset.training()),
            FigureText.count(usage.examples()),
            FigureText.count(usage.dropped()),
            lines,
            reasons));
  }

  private static CommandFailure withoutEndpoint(Job job) {
    return new CommandFailure(
        FailureCode.DEADLINE, Messages.of("launcher.job.no-endpoint", job.id(), job.id()));
  }

  private CommandFailure late(Job job) {
    return new CommandFailure(
        FailureCode.DEADLINE,
        job.known() == null
            ? Messages.of("launcher.job.late", job.id(), ledger.datasets().typed(job, shell))
            : Messages.of("launcher.job.continues", job.id(), job.state(), job.id()));
  }
}
