package dev.attune.launcher.extending;

import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes each order to a file in a folder, from which another program takes it.
 *
 * <p>The job {@code KEY-N} is the N-th order of a key. Its files are {@code KEY-N.order}: ledger,
 * base model, and the paths of both files of the dataset, one a line; {@code KEY-N.cancelled}: the
 * order is cancelled; {@code KEY-N.failed}, from the other program: why there is no model; {@code
 * KEY-N.model}, from the other program: the model's name, and in a second line its endpoint, when
 * it has one. The other program ends a cancelled order without a model. Both programs write a file
 * under another name and then rename it, so that no reader sees half of it.
 */
final class FolderBackEnd implements TuningBackEnd {
  private static final String ORDER = ".order";
  private static final String CANCELLED = ".cancelled";
  private static final String FAILED = ".failed";
  private static final String MODEL = ".model";

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
    List<ListedJob> found = new ArrayList<>();
    for (String key : List.of(spec.key(), spec.formerKey())) {
      try (DirectoryStream<Path> orders = Files.newDirectoryStream(folder, key + "-*" + ORDER)) {
        for (Path order : orders) {
          BackEndJob job = get(order.getFileName().toString().replace(ORDER, ""));
          String ledger = Files.readAllLines(order).get(0);
          found.add(
              new ListedJob(
                  job, Files.getLastModifiedTime(order).toInstant(), ledger, spec.place()));
        }
      } catch (IOException e) {
        throw uncertain(e);
      }
    }
    found.sort(ListedJob.NEWEST_FIRST);
    return found;
  }

  @Override
  public BackEndJob create(TuningSpec spec, StagedDataset staged, String ledger)
      throws BackEndException {
    // Two ledgers that do this at the same time write the same order, which is one job.
    String name = spec.key() + "-" + (find(spec).size() + 1);
    write(name + ORDER, List.of(ledger, spec.baseModel(), staged.training(), staged.validation()));
    return get(name);
  }

  @Override
  public BackEndJob get(String name) throws BackEndException {
    if (!exists(name + ORDER)) {
      throw BackEndException.notFound("The folder has no order " + name + ".", null);
    }
    try {
      if (exists(name + MODEL)) {
        List<String> lines = Files.readAllLines(folder.resolve(name + MODEL));
        String endpoint = lines.size() > 1 ? lines.get(1) : null;
        return new BackEndJob(name, TuningJobState.SUCCEEDED, lines.get(0), endpoint, null, null);
      }
      if (exists(name + FAILED)) {
        String fault = Files.readString(folder.resolve(name + FAILED)).strip();
        return new BackEndJob(name, TuningJobState.FAILED, null, null, fault, null);
      }
    } catch (IOException e) {
      throw uncertain(e);
    }
    TuningJobState state =
        exists(name + CANCELLED) ? TuningJobState.CANCELLED : TuningJobState.PENDING;
    return new BackEndJob(name, state, null, null, null, null);
  }

  @Override
  public void cancel(String name) throws BackEndException {
    if (!get(name).state().isTerminal()) {
      write(name + CANCELLED, List.of());
    }
  }

  @Override
  public void close() {}

  private boolean exists(String file) {
    return Files.exists(folder.resolve(file));
  }

  private void write(String file, List<String> lines) throws BackEndException {
    try {
      Path draft = Files.write(Files.createTempFile(folder, null, null), lines);
      Files.move(draft, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw uncertain(e);
    }
  }

  private static BackEndException uncertain(IOException e) {
    return BackEndException.uncertain("The folder of orders cannot be used", e);
  }
}
