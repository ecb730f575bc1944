package dev.attune.pipeline.run;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where one run publishes and works: the folder of its run id, locked against a second run of that
 * id, and a temporary folder beside it, on the same file system so that files can be renamed into
 * place. What killed runs of the dataset left behind is removed by the next one.
 */
public final class RunFolder implements AutoCloseable {
  // One file for all run ids, of which each locks one byte: no file a run id is left behind.
  private static final String LOCK_FILE = ".attune.lock";

  private static final String TEMPORARY = ".tmp.";

  /** Says where the folders are. */
  private static final String OUTPUT = "output.directory";

  // Workers of a cluster that was lost may write for some seconds yet.
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
   * Locks the run id.
   *
   * @param datasets the folder of the dataset's runs, itself no link
   * @param runId a name without dots and slashes
   * @param mode of the folders that are missing; the temporary one is always private
   * @throws PrepareRefusedException if another run of that id is under way, the folder cannot be
   *     written, it or the run folder is a link or open to other users, or the lock file is none
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
        throw new PrepareRefusedException(
            "Another attune prepare or attune run is making run id "
                + runId
                + " in "
                + datasets
                + " just now, so this one has done nothing: run the same command again when the"
                + " other has ended.");
      }
      removeAbandoned(datasets, runId, lockFile);
      Path temporary = datasets.resolve(TEMPORARY + runId + "." + UUID.randomUUID());
      FileMode.PRIVATE.createFolder(temporary);
      return new RunFolder(datasets.resolve(runId), temporary, lockFile);
    } catch (UnsafePathException e) {
      throw new PrepareRefusedException(e.getMessage(), e);
    } catch (IOException e) {
      throw new PrepareRefusedException(
          "Cannot write to " + datasets + " (" + reason(e) + "): correct output.directory.", e);
    }
  }

  private static void requireOwn(Path datasets, String runId) throws UnsafePathException {
    OwnPath.requireFolder(datasets, OUTPUT);
    OwnPath.requireFolder(datasets.resolve(runId), OUTPUT);
  }

  /** Without the name of a Java class. */
  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException file) {
      return file.getFile() + " is a file";
    }
    if (e instanceof AccessDeniedException) {
      return "access is denied";
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? "it cannot be made" : reason;
  }

  private static @Nullable FileLock tryLock(FileChannel lockFile, String runId) throws IOException {
    // Two ids of one dataset share a byte with a chance of 2^-62, and then wait for each other.
    long position =
        UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits()
            >>> 2;
    try {
      return lockFile.tryLock(position, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Where the dataset is published; need not exist yet. */
  Path target() {
    return target;
  }

  /** Where parts stand while the run works. */
  public Path temporary() {
    return temporary;
  }

  /**
   * Removes the temporary folder, and what came again of those that were removed at the beginning;
   * unlocks the run id.
   */
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

  /** Another id's folder counts as left behind when its byte can be locked. */
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

  /** Also while somebody still writes into it; what stands after that, the next run removes. */
  private static void removeTree(Path root) throws IOException {
    for (int removal = 1; Files.exists(root); removal++) {
      try {
        removeOnce(root);
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
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

  private static void removeOnce(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
