package dev.attune.launcher.evaluation.document;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of an evaluation: {@code evaluations/DATASET/RUN-ID/MODEL/} beside the folder of the
 * datasets.
 *
 * @param base may be a symbolic link
 * @param names folders below it, none of which may be a link
 */
public record EvaluationFolder(Path base, List<String> names) {
  private static final String EVALUATIONS = "evaluations";

  public EvaluationFolder {
    names = List.copyOf(names);
  }

  /** Returns the folder of the evaluation of a model. */
  public static EvaluationFolder beside(Path datasets, String dataset, String runId, String model) {
    return new EvaluationFolder(
        datasets.resolveSibling("."),
        List.of(EVALUATIONS, dataset, runId, model.replaceAll("[^A-Za-z0-9._-]", "_")));
  }

  /** Refuses links and folders of other users before any model is asked. */
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
