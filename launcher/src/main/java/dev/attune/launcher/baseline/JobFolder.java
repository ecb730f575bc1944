package dev.attune.launcher.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.LockFile;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one job. The process that has its lock may write job.json and the model; every
 * process may read them and request the cancellation.
 *
 * @param path absolute; its last name is the name of the job
 */
record JobFolder(Path path) {
  private static final String STATE = "job.json";
  private static final String MODEL = "model.tribuo";
  private static final String CANCEL = "cancel";
  private static final String LOCK = "lock";

  /**
   * Returns the job.
   *
   * @throws IOException if it does not exist, or its file is damaged; the message is one sentence
   */
  LocalJob read() throws IOException {
    Path file = file(STATE);
    byte[] json = Files.readAllBytes(file);
    try {
      return LocalJob.read(json);
    } catch (JsonProcessingException e) {
      throw new IOException(Messages.of("launcher.local.job-damaged", file), e);
    }
  }

  void write(LocalJob job) throws IOException {
    AtomicFile.replace(file(STATE), FileMode.PRIVATE, job.toJson());
  }

  /** Returns a file of the job, whose folder must not be a link or belong to another user. */
  private Path file(String name) throws UnsafePathException {
    Path jobs = path.getParent();
    if (jobs != null) {
      requireOwn(jobs);
    }
    requireOwn(path);
    return path.resolve(name);
  }

  /** Refuses a folder in which another user could replace files. */
  static void requireOwn(Path folder) throws UnsafePathException {
    OwnPath.requireFolder(folder, "ledger.jdbcUrl");
  }

  /** Returns the file of the model, which exists when the job has succeeded. */
  Path model() {
    return path.resolve(MODEL);
  }

  /** Returns the lock of the folder, or null if another process has it. */
  @Nullable LockFile tryLock() throws IOException {
    return LockFile.tryLock(file(LOCK));
  }

  /** Returns whether the cancellation of the job was requested. */
  boolean isCancelAsked() {
    return Files.exists(path.resolve(CANCEL));
  }

  /** Requests the cancellation from the process that trains the job. */
  void askCancel() throws IOException {
    try {
      FileMode.PRIVATE.create(file(CANCEL)).close();
    } catch (FileAlreadyExistsException e) {
      // It was requested before.
      return;
    }
  }
}
