package dev.attune.launcher.evaluation.document;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of an evaluation: {@code evaluations/DATASET/RUN-ID/MODEL/} beside the folder of the
 * datasets, in their bucket if they are in one. For datasets at the top of a bucket it is in the
 * bucket itself.
 *
 * @param base may be a symbolic link
 * @param names folders below it, none of which may be a link
 */
public record EvaluationFolder(Place base, List<String> names) {
  private static final String EVALUATIONS = "evaluations";

  public EvaluationFolder {
    names = List.copyOf(names);
  }

  /** Returns the folder of the evaluation of a model. */
  public static EvaluationFolder beside(
      Place datasets, String dataset, String runId, String model) {
    Place parent = datasets.folder();
    return new EvaluationFolder(
        parent == null ? datasets : parent,
        List.of(EVALUATIONS, dataset, runId, model.replaceAll("[^A-Za-z0-9._-]", "_")));
  }

  /** Refuses links and folders of other users before any model is asked. */
  public void requireOwn() throws UnsafePathException {
    if (base instanceof LocalPlace local) {
      Path folder = local.path();
      for (String name : names) {
        folder = folder.resolve(name);
        OwnPath.requireFolder(folder, "output.directory");
      }
    }
  }

  /** Returns the folder, which is created on this machine; a bucket has no empty folders. */
  Place create() throws IOException {
    if (base instanceof LocalPlace local) {
      requireOwn();
      Path folder = FileMode.PRIVATE.createFolders(local.path(), names);
      requireOwn();
      return Place.of(folder);
    }
    return base.resolve(String.join("/", names));
  }
}
