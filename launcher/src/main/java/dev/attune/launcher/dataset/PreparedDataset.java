package dev.attune.launcher.dataset;

import dev.attune.launcher.console.Shell;
import dev.attune.pipeline.prepare.PrepareResult;
import java.io.IOException;
import java.time.Duration;

/**
 * A dataset and how long it took.
 *
 * @param result the dataset
 * @param took from the start of the pipeline to its end
 */
public record PreparedDataset(PrepareResult result, Duration took) {
  /** Prints the result to stdout: one JSON document, or a table for people. */
  public void print(Shell shell, boolean json) throws IOException {
    if (json) {
      shell.out().println(PreparedJson.of(this));
    } else {
      Summary.of(this, shell).lines().forEach(shell.out()::println);
    }
  }
}
