package dev.attune.launcher.evaluation.document;

import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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
    write(files.page, html);
    write(files.json, document.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static void write(Place file, byte[] content) throws IOException {
    if (file instanceof ObjectPlace object) {
      ObjectVersion standing = CloudStorage.version(object);
      var unused =
          CloudStorage.write(
              object,
              content,
              Map.of(),
              standing == null ? ObjectVersion.NONE : standing.generation());
    } else {
      AtomicFile.replace(file.local(), FileMode.PRIVATE, content);
    }
  }
}
