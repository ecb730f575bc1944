package dev.attune.launcher.evaluation.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The two files of an evaluation.
 *
 * @param json evaluation.json
 * @param page evaluation.html
 */
public record EvaluationFiles(Path json, Path page) {
  /**
   * Writes both; a reader sees an old or a new file, never half of one.
   *
   * @param directory made where it is not there
   */
  public static EvaluationFiles write(
      Path directory, EvaluationReport report, EvaluationSetting setting) throws IOException {
    Files.createDirectories(directory);
    EvaluationFiles files =
        new EvaluationFiles(
            directory.resolve("evaluation.json"), directory.resolve("evaluation.html"));
    replace(files.page, EvaluationPage.render(report, setting));
    replace(files.json, EvaluationJson.of(report));
    return files;
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.write(fresh, content);
      try {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
