package dev.attune.launcher.dataset;

import dev.attune.format.conformance.FileReport;
import dev.attune.format.rule.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one check.
 *
 * @param files in the order they were named; of a dataset training, then validation
 * @param baseModel as typed, or null
 * @param notes what was assumed, a sentence each
 */
public record CheckReport(
    List<FileReport> files, @Nullable String baseModel, List<String> notes, Duration took) {
  public CheckReport {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }

  /** How many errors, over all files. */
  public long errors() {
    return count(Level.ERROR);
  }

  /** How many findings of a level, over all files. */
  public long count(Level level) {
    return files.stream().mapToLong(file -> file.count(level)).sum();
  }
}
