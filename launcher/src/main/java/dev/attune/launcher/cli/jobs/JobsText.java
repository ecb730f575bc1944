package dev.attune.launcher.cli.jobs;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TextTable;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.submission.UnsentReason;
import dev.attune.place.Place;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints jobs as text. */
public record JobsText(Shell shell, Ledger ledger) {
  /** Prints the facts of one job, one in a line. */
  void one(Job job) {
    fact("job", job.id());
    fact("state", job.state().name());
    fact("name", job.name());
    fact("model", job.model());
    fact("endpoint", job.endpoint());
    fact("fault", job.fault());
  }

  /** Prints the command that evaluates a model. */
  void next(Job job, Place dataset) {
    fact(
        "next",
        "attune evaluate %s --dataset %s --against base,champion"
            .formatted(job.id(), shell.show(dataset)));
  }

  private void fact(String name, @Nullable String value) {
    if (value != null) {
      shell.out().println("%-10s%s".formatted(name, value));
    }
  }

  /**
   * Prints jobs, one in a line, and below it why a job was not submitted.
   *
   * @param createGrace {@code tuning.createGrace}
   */
  public void table(List<Job> jobs, Duration createGrace) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("job", "state", "back end", "base model", "location", "dataset", "since"));
    jobs.forEach(job -> rows.add(row(job)));
    List<String> lines = TextTable.lines(rows);
    shell.out().println(lines.get(0));
    for (int i = 0; i < jobs.size(); i++) {
      shell.out().println(lines.get(i + 1));
      Job job = jobs.get(i);
      String why = UnsentReason.of(job, ledger.jobs().changes(job.id()), createGrace);
      if (why != null) {
        shell.out().println("    " + why);
      }
    }
  }

  private List<String> row(Job job) {
    return List.of(
        job.id(),
        job.state().name(),
        job.spec().backEnd(),
        job.spec().baseModel(),
        job.spec().location(),
        ledger.datasets().shown(job.spec().dataset(), shell, "?"),
        job.stamp().at().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
