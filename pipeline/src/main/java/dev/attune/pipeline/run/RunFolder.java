package dev.attune.pipeline.run;

import dev.attune.filesystem.FileMode;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.write.destination.DatasetTarget;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.ManifestException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The folders of one run: the target folder, named by its run id and locked against a second run of
 * that id, and temporary ones. Each run removes what killed runs of the dataset left.
 */
public sealed interface RunFolder extends AutoCloseable permits LocalRunFolder, BucketRunFolder {
  /**
   * Where the stages run.
   *
   * @param disk a folder of this machine for temporary files
   * @param elsewhere whether they run in other processes, which may not see this machine's disk
   */
  record Workers(Path disk, boolean elsewhere) {}

  /**
   * Locks a run id and creates the temporary folders.
   *
   * @param datasets the folder of the dataset's runs
   * @param runId a name without dots and slashes
   * @param mode of new folders of this machine
   * @param progress is told if another run is waited for
   * @throws PrepareRefusedException if another run uses the run id, or a folder of this machine
   *     cannot be used
   * @throws PlaceException if the bucket cannot be used
   */
  static RunFolder open(
      Place datasets, String runId, FileMode mode, Workers workers, PrepareProgress progress)
      throws PrepareRefusedException, IOException {
    return datasets instanceof ObjectPlace bucket
        ? BucketRunFolder.open(bucket, runId, workers, progress)
        : LocalRunFolder.open(datasets.local(), runId, mode);
  }

  /** Returns the folder to publish in, as workers need it. */
  DatasetTarget target();

  /** Returns the folder of the parts, which all workers reach. */
  TemporaryFolder parts();

  /** Returns a private folder of this machine. */
  Path temporary();

  /**
   * Checks that no other run has taken the lock over.
   *
   * @throws PrepareRefusedException if one has; nothing will be published then
   */
  void requireHeld() throws PrepareRefusedException;

  /**
   * Checks that the last stage can compare its dataset with an existing one.
   *
   * @throws PrepareRefusedException if the target is a file or has an unreadable manifest
   * @throws PlaceException if the bucket cannot be read
   */
  default void requireReadableManifest() throws PrepareRefusedException, PlaceException {
    Place folder = target().folder();
    Place manifest = folder.resolve(DatasetTarget.MANIFEST);
    try {
      if (folder.isFile()) {
        throw new PrepareRefusedException(Messages.of("pipeline.run.target-file", folder));
      }
      DatasetManifest.read(manifest.readAllBytes());
    } catch (NoSuchFileException e) {
      return;
    } catch (PlaceException e) {
      throw e;
    } catch (ManifestException | IOException e) {
      boolean newer = e instanceof ManifestException fault && fault.isNewer();
      throw new PrepareRefusedException(
          newer
              ? manifest + ": " + e.getMessage()
              : Messages.of("pipeline.run.manifest-unreadable", manifest));
    }
  }

  /** Gives up what the run holds in a bucket, because the process is ending. */
  void abandon();

  /**
   * Leaves lock and parts to a job that goes on elsewhere. The lock is no longer renewed, so that
   * another run may take it over when its time is over.
   */
  default void leave() throws IOException {
    close();
  }

  /** Removes the temporary folders and unlocks the run id. */
  @Override
  void close() throws IOException;
}
