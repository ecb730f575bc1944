package dev.attune.launcher.evaluation.document;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of an evaluation stand: {@code evaluations/DATASET/RUN-ID/MODEL/} beside the
 * folder of the datasets.
 *
 * @param base the user's own choice, which may be a link
 * @param names of the folders below it, none of which may be a link
 */
public record EvaluationFolder(Path base, List<String> names) {
  private static final String EVALUATIONS = "evaluations";

  public EvaluationFolder {
    names = List.copyOf(names);
  }

  /** The folder of the evaluation of a model. */
  public static EvaluationFolder beside(Path datasets, String dataset, String runId, String model) {
    return new EvaluationFolder(
        datasets.resolveSibling("."),
        List.of(EVALUATIONS, dataset, runId, model.replaceAll("[^A-Za-z0-9._-]", "_")));
  }

  /** Refuses a link and another user's folder before anything is asked and paid for. */
  public void requireOwn() throws UnsafePathException {
    Path folder = base.normalize();
    for (String name : names) {
      folder = folder.resolve(name);
      OwnPath.requireFolder(folder, "output.directory");
    }
  }

  Path create() throws IOException {
    requireOwn();
    Path folder = FileMode.PRIVATE.createFolders(base.normalize(), names);
    requireOwn();
    return folder;
  }
}
