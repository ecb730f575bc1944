package dev.attune.launcher.evaluation.document;

import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The two files of an evaluation.
 *
 * @param json evaluation.json
 * @param page evaluation.html
 */
public record EvaluationFiles(Path json, Path page) {
  /**
   * Writes both for their owner alone; a reader sees an old or a new file, never half of one.
   *
   * @param folder created where it does not exist
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
