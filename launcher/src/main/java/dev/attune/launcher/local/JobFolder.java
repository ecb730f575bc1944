package dev.attune.launcher.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one job. Whoever holds its lock may write job.json and the model; anybody may read,
 * and ask for the job's end.
 *
 * @param path absolute; its last name is the job's
 */
record JobFolder(Path path) {
  private static final String STATE = "job.json";
  private static final String MODEL = "model.tribuo";
  private static final String CANCEL = "cancel";
  private static final String LOCK = "lock";

  /**
   * The job as it is now.
   *
   * @throws IOException if there is none, or its file is damaged; the message is one sentence
   */
  LocalJob read() throws IOException {
    Path file = path.resolve(STATE);
    byte[] json = Files.readAllBytes(file);
    try {
      return LocalJob.read(json);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged; without its folder the job is forgotten", e);
    }
  }

  void write(LocalJob job) throws IOException {
    DurableFile.write(path.resolve(STATE), job.toJson());
  }

  /** Where the model stands once the job has succeeded. */
  Path model() {
    return path.resolve(MODEL);
  }

  /** The right to write. */
  @Nullable JobLock tryLock() throws IOException {
    return JobLock.tryLock(path.resolve(LOCK));
  }

  /** Whether somebody asked for the job's end. */
  boolean isCancelAsked() {
    return Files.exists(path.resolve(CANCEL));
  }

  /** Asks whoever trains the job for its end. */
  void askCancel() throws IOException {
    try {
      Files.createFile(path.resolve(CANCEL));
    } catch (FileAlreadyExistsException e) {
      // Somebody asked before.
      return;
    }
  }
}
