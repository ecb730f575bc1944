package dev.attune.launcher.extending;

import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves each order as a file in a folder, from which another program takes it. That program writes
 * the model's name into a second file when it has tuned.
 */
final class FolderBackEnd implements TuningBackEnd {
  private final Path folder;

  FolderBackEnd(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public StagedDataset stage(DatasetDirectory dataset) {
    return new StagedDataset(dataset.train().toString(), dataset.valid().toString());
  }

  @Override
  public List<ListedJob> find(TuningSpec spec) throws BackEndException {
    Path order = folder.resolve(spec.key() + ".order");
    if (!Files.exists(order)) {
      return List.of();
    }
    try {
      String ledger = Files.readAllLines(order).get(0);
      return List.of(
          new ListedJob(
              get(spec.key()), Files.getLastModifiedTime(order).toInstant(), ledger, spec.place()));
    } catch (IOException e) {
      throw uncertain(e);
    }
  }

  @Override
  public BackEndJob create(TuningSpec spec, StagedDataset staged, String ledger)
      throws BackEndException {
    try {
      Files.write(
          folder.resolve(spec.key() + ".order"),
          List.of(ledger, spec.baseModel(), staged.training(), staged.validation()),
          StandardOpenOption.CREATE_NEW);
      return get(spec.key());
    } catch (FileAlreadyExistsException e) {
      throw new BackEndException(
          BackEndException.Kind.REFUSED, "The order is in the folder already.", e);
    } catch (IOException e) {
      throw uncertain(e);
    }
  }

  @Override
  public BackEndJob get(String name) throws BackEndException {
    Path done = folder.resolve(name + ".model");
    if (!Files.exists(folder.resolve(name + ".order"))) {
      throw new BackEndException(
          BackEndException.Kind.NOT_FOUND, "The folder has no order " + name + ".", null);
    }
    try {
      return Files.exists(done)
          ? job(name, TuningJobState.SUCCEEDED, Files.readString(done).strip())
          : job(name, TuningJobState.PENDING, null);
    } catch (IOException e) {
      throw uncertain(e);
    }
  }

  private static BackEndJob job(String name, TuningJobState state, @Nullable String model) {
    return new BackEndJob(name, state, model, null, null, null);
  }

  private static BackEndException uncertain(IOException e) {
    return new BackEndException(
        BackEndException.Kind.UNCERTAIN, "The folder of orders cannot be used", e);
  }

  @Override
  public void cancel(String name) throws BackEndException {
    try {
      Files.deleteIfExists(folder.resolve(name + ".order"));
    } catch (IOException e) {
      throw uncertain(e);
    }
  }

  @Override
  public void close() {}
}
