package dev.attune.launcher.evaluation;

import dev.attune.config.AttuneConfig;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.document.EvaluationFiles;
import dev.attune.launcher.evaluation.document.EvaluationFolder;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest.Identity;

/** The places of evaluations: a folder for the files, and the ledger. */
public final class EvaluationArchive {
  private final AttuneConfig config;
  private final Ledger ledger;

  public EvaluationArchive(AttuneConfig config, Ledger ledger) {
    this.config = config;
    this.ledger = ledger;
  }

  /**
   * Returns the folder of an evaluation; creates nothing.
   *
   * @param model id of its job, or the name of a base model
   * @throws CommandFailure if it is a link or belongs to another user
   */
  public EvaluationFolder folder(DatasetDirectory dataset, String model) throws CommandFailure {
    Place datasets = config.resolve(config.dataset().output().directory());
    Identity identity = dataset.manifest().identity();
    EvaluationFolder folder =
        EvaluationFolder.beside(datasets, identity.dataset(), identity.runId(), model);
    try {
      folder.requireOwn();
      return folder;
    } catch (UnsafePathException e) {
      throw new CommandFailure(FailureCode.FILE, e.getMessage(), e);
    }
  }

  /**
   * Enters an evaluation in the ledger, unless the last one of the model has the same figures and
   * page.
   *
   * @return the id of the new or the existing entry
   */
  public String enter(
      DatasetDirectory dataset, String model, String split, String figures, EvaluationFiles files) {
    String page = files.page().toString();
    Evaluations evaluations = ledger.evaluations();
    return evaluations
        .latest(model, dataset.fingerprint(), split)
        .filter(entry -> entry.figures().equals(figures) && entry.report().equals(page))
        .orElseGet(() -> evaluations.enter(model, dataset.fingerprint(), split, figures, page))
        .id();
  }
}
