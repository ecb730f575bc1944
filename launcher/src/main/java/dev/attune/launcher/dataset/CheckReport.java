package dev.attune.launcher.dataset;

import dev.attune.format.conformance.FileReport;
import dev.attune.format.rule.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code attune check}.
 *
 * @param files in the order of the arguments; for a dataset training, then validation
 * @param baseModel as typed, or null
 * @param notes sentences about assumptions
 */
public record CheckReport(
    List<FileReport> files, @Nullable String baseModel, List<String> notes, Duration took) {
  public CheckReport {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }

  /** Returns the number of errors in all files. */
  public long errors() {
    return count(Level.ERROR);
  }

  /** Returns the number of findings of a level in all files. */
  public long count(Level level) {
    return files.stream().mapToLong(file -> file.count(level)).sum();
  }
}
