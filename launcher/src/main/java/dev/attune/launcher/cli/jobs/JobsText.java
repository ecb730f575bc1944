package dev.attune.launcher.cli.jobs;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.WhyNotSent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs for people. */
public final class JobsText {
  private final Shell shell;
  private final Ledger ledger;

  public JobsText(Shell shell, Ledger ledger) {
    this.shell = shell;
    this.ledger = ledger;
  }

  /** One job, a line a fact. */
  void one(Job job) {
    BackEndJob known = job.known();
    fact("job", job.id());
    fact("state", job.state().name());
    fact("name", known == null ? null : known.name());
    fact("model", known == null ? null : known.model());
    fact("endpoint", known == null ? null : known.endpoint());
    fact("fault", known == null ? null : known.fault());
  }

  /** What is done with a model that was tuned on that dataset. */
  void next(Job job, Path dataset) {
    fact(
        "next",
        "attune evaluate "
            + job.id()
            + " --dataset "
            + shell.show(shell.resolve(dataset))
            + " --against base,champion");
  }

  private void fact(String name, @Nullable String value) {
    if (value != null) {
      shell.out().println(pad(name, 10) + value);
    }
  }

  /**
   * All jobs, a line each, and below it why one is not sent.
   *
   * @param createGrace as configured
   */
  public void table(List<Job> jobs, Duration createGrace) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("job", "state", "back end", "base model", "location", "dataset", "since"));
    jobs.forEach(job -> rows.add(row(job)));
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns - 1; i++) {
        line.append(pad(rows.get(r).get(i), widths[i] + 2));
      }
      shell.out().println(line + rows.get(r).get(columns - 1));
      if (r > 0) {
        Job job = jobs.get(r - 1);
        String why = WhyNotSent.of(job, ledger.jobs().changes(job.id()), createGrace);
        if (why != null) {
          shell.out().println("    " + why);
        }
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
        dataset(job),
        job.stamp().at().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private String dataset(Job job) {
    return ledger
        .datasets()
        .find(job.spec().dataset())
        .map(Datasets.Entry::directory)
        .map(shell::show)
        .orElse("?");
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
