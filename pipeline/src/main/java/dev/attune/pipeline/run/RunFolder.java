package dev.attune.pipeline.run;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.FileTree;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.ManifestException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folders of one run: the target folder, named by its run id and locked against a second run of
 * that id, and a temporary folder beside it, on the same file system so that files can be renamed
 * into place. Each run removes the temporary folders that killed runs of the dataset left.
 */
public final class RunFolder implements AutoCloseable {
  // One lock file for all runs of a dataset; each run id locks one byte of it.
  private static final String LOCK_FILE = ".attune.lock";

  private static final String TEMPORARY = ".tmp.";

  /** The key of attune.yaml that sets the parent folder. */
  private static final String OUTPUT = "output.directory";

  // Workers of a lost cluster may continue to write for some seconds.
  private static final int REMOVALS = 20;
  private static final long PAUSE_MILLIS = 250;

  private final Path target;
  private final Path temporary;
  private final FileChannel lockFile;

  private RunFolder(Path target, Path temporary, FileChannel lockFile) {
    this.target = target;
    this.temporary = temporary;
    this.lockFile = lockFile;
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
  public static RunFolder open(Path datasets, String runId, FileMode mode)
      throws PrepareRefusedException {
    try {
      requireOwn(datasets, runId);
      mode.createFolders(datasets);
      requireOwn(datasets, runId);
      FileChannel lockFile = FileMode.PRIVATE.open(datasets.resolve(LOCK_FILE));
      if (tryLock(lockFile, runId) == null) {
        lockFile.close();
        throw new PrepareRefusedException(Messages.of("pipeline.run.locked", runId, datasets));
      }
      removeAbandoned(datasets, runId, lockFile);
      Path temporary = datasets.resolve(TEMPORARY + runId + "." + UUID.randomUUID());
      FileMode.PRIVATE.createFolder(temporary);
      return new RunFolder(datasets.resolve(runId), temporary, lockFile);
    } catch (UnsafePathException e) {
      throw new PrepareRefusedException(e.getMessage(), e);
    } catch (IOException e) {
      throw new PrepareRefusedException(
          Messages.of("pipeline.run.unwritable", datasets, reason(e)), e);
    }
  }

  private static void requireOwn(Path datasets, String runId) throws UnsafePathException {
    OwnPath.requireFolder(datasets, OUTPUT);
    OwnPath.requireFolder(datasets.resolve(runId), OUTPUT);
  }

  /** Returns the reason of a failure, without the name of a Java class. */
  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException file) {
      return Messages.of("pipeline.run.reason-file", file.getFile());
    }
    if (e instanceof AccessDeniedException) {
      return Messages.of("pipeline.run.reason-denied");
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? Messages.of("pipeline.run.reason-unknown") : reason;
  }

  private static @Nullable FileLock tryLock(FileChannel lockFile, String runId) throws IOException {
    // Two run ids of a dataset share a byte with probability 2^-62; they then exclude each other.
    long position =
        UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits()
            >>> 2;
    try {
      return lockFile.tryLock(position, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Returns the folder of the published dataset, which may not exist yet. */
  Path target() {
    return target;
  }

  /**
   * Checks that the last stage can compare its dataset with an existing one.
   *
   * @throws PrepareRefusedException if the target is a file or has an unreadable manifest
   */
  void requireReadableManifest() throws PrepareRefusedException {
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new PrepareRefusedException(Messages.of("pipeline.run.target-file", target));
    }
    Path manifest = target.resolve("manifest.json");
    if (!Files.exists(manifest)) {
      return;
    }
    try {
      DatasetManifest.read(Files.readAllBytes(manifest));
    } catch (ManifestException | IOException e) {
      boolean newer = e instanceof ManifestException fault && fault.isNewer();
      throw new PrepareRefusedException(
          newer
              ? manifest + ": " + e.getMessage()
              : Messages.of("pipeline.run.manifest-unreadable", manifest));
    }
  }

  /** Returns the folder of the temporary files. */
  public Path temporary() {
    return temporary;
  }

  /** Removes the temporary folder, removes abandoned folders once more, and unlocks the run id. */
  @Override
  public void close() throws IOException {
    try (lockFile) {
      removeTree(temporary);
      Path datasets = temporary.getParent();
      if (datasets != null) {
        removeAbandoned(datasets, String.valueOf(target.getFileName()), lockFile);
      }
    }
  }

  /** Removes temporary folders of run ids whose byte can be locked: their runs have ended. */
  private static void removeAbandoned(Path datasets, String own, FileChannel lockFile)
      throws IOException {
    try (var folders = Files.newDirectoryStream(datasets, TEMPORARY + "*.*")) {
      for (Path folder : folders) {
        String name = folder.getFileName().toString();
        String runId = name.substring(TEMPORARY.length(), name.lastIndexOf('.'));
        if (runId.equals(own)) {
          removeTree(folder);
          continue;
        }
        FileLock lock = tryLock(lockFile, runId);
        if (lock != null) {
          removeTree(folder);
          lock.release();
        }
      }
    }
  }

  /** Removes a folder, with retries while workers still write to it; the next run does the rest. */
  private static void removeTree(Path root) throws IOException {
    for (int removal = 1; Files.exists(root); removal++) {
      try {
        FileTree.delete(root);
      } catch (DirectoryNotEmptyException e) {
        if (removal == REMOVALS) {
          return;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
