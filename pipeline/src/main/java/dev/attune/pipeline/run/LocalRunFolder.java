package dev.attune.pipeline.run;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.write.destination.DatasetTarget;
import dev.attune.pipeline.write.destination.FolderTarget;
import dev.attune.pipeline.write.part.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folders of a run that publishes on this machine. The temporary folder is beside the target,
 * on the same file system, so that files can be renamed into place.
 */
public final class LocalRunFolder implements RunFolder {
  /** The key of attune.yaml that sets the parent folder. */
  private static final String OUTPUT = "output.directory";

  private final FolderTarget target;
  private final WorkFolder work;

  private LocalRunFolder(FolderTarget target, WorkFolder work) {
    this.target = target;
    this.work = work;
  }

  /**
   * Locks a run id and creates the temporary folder.
   *
   * @param datasets the folder of the dataset's runs, itself no link
   * @param runId a name without dots and slashes
   * @param mode of new folders; the temporary folder is always private
   * @throws PrepareRefusedException if another run uses the run id, a folder cannot be written, is
   *     a link or can be changed by other users, or the lock file is not a regular file
   */
  public static LocalRunFolder open(Path datasets, String runId, FileMode mode)
      throws PrepareRefusedException {
    Path target = datasets.resolve(runId);
    try {
      OwnPath.requireFolder(datasets, OUTPUT);
      OwnPath.requireFolder(target, OUTPUT);
      WorkFolder work = WorkFolder.open(datasets, runId, mode, OUTPUT);
      if (work == null) {
        throw new PrepareRefusedException(Messages.of("pipeline.run.locked", runId, datasets));
      }
      return new LocalRunFolder(new FolderTarget(target.toString(), mode), work);
    } catch (UnsafePathException e) {
      throw new PrepareRefusedException(e.getMessage(), e);
    }
  }

  @Override
  public DatasetTarget target() {
    return target;
  }

  @Override
  public TemporaryFolder parts() {
    return new TemporaryFolder(temporary() + "/");
  }

  @Override
  public Path temporary() {
    return work.temporary();
  }

  /** The lock of a file cannot be taken over. */
  @Override
  public void requireHeld() {}

  /** Does nothing: the operating system unlocks the file when the process has ended. */
  @Override
  public void abandon() {}

  @Override
  public void close() throws IOException {
    work.close();
  }
}
