package dev.attune.launcher.evaluation.document;

import dev.attune.place.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The files of an evaluation.
 *
 * @param json evaluation.json
 * @param page evaluation.html
 */
public record EvaluationFiles(Place json, Place page) {
  /** Writes both files of a classification dataset; see {@link #write}. */
  public static EvaluationFiles write(
      EvaluationFolder folder, EvaluationReport report, EvaluationContext setting)
      throws IOException {
    return write(folder, EvaluationPage.render(report, setting), EvaluationDocument.of(report));
  }

  /**
   * Writes both files, each atomically; on this machine they are readable only by their owner.
   *
   * @param folder created if missing
   * @param html in UTF-8
   * @param document a JSON document
   * @throws dev.attune.place.ChangedObjectException if another process replaces an object meanwhile
   */
  public static EvaluationFiles write(EvaluationFolder folder, byte[] html, String document)
      throws IOException {
    Place directory = folder.create();
    EvaluationFiles files =
        new EvaluationFiles(
            directory.resolve("evaluation.json"), directory.resolve("evaluation.html"));
    files.page.replace(html);
    files.json.replace(document.getBytes(StandardCharsets.UTF_8));
    return files;
  }
}
