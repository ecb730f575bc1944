package dev.attune.launcher.evaluation.document;

import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The files of an evaluation.
 *
 * @param json evaluation.json
 * @param page evaluation.html
 */
public record EvaluationFiles(Path json, Path page) {
  /**
   * Writes both files atomically, readable only by their owner.
   *
   * @param folder created if missing
   */
  public static EvaluationFiles write(
      EvaluationFolder folder, EvaluationReport report, EvaluationContext setting)
      throws IOException {
    Path directory = folder.create();
    EvaluationFiles files =
        new EvaluationFiles(
            directory.resolve("evaluation.json"), directory.resolve("evaluation.html"));
    AtomicFile.replace(files.page, FileMode.PRIVATE, EvaluationPage.render(report, setting));
    byte[] document = EvaluationDocument.of(report).getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(files.json, FileMode.PRIVATE, document);
    return files;
  }
}
