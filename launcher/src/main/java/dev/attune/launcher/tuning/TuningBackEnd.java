package dev.attune.launcher.tuning;

import dev.attune.launcher.dataset.DatasetDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A service that tunes models. Every call ends within the call deadline of the configuration and is
 * sent once; the client never repeats it, because the caller decides what a fault means.
 */
public interface TuningBackEnd extends AutoCloseable {
  /** Returns {@code vertex} or {@code local}, which is part of a job's key. */
  String name();

  /**
   * Copies the two files of a dataset to where the back end reads them. A file that exists there
   * with the same checksum is not copied.
   *
   * @return where the files are, for {@link #create}
   */
  StagedDataset stage(DatasetDirectory dataset) throws BackEndException, IOException;

  /**
   * Copies the two files of a dataset and reports the progress.
   *
   * @param progress receives the progress
   */
  default StagedDataset stage(DatasetDirectory dataset, StagingProgress progress)
      throws BackEndException, IOException {
    return stage(dataset);
  }

  /** Receives the progress of copying a dataset. */
  @FunctionalInterface
  interface StagingProgress {
    /** Ignores the progress. */
    StagingProgress NONE = (doing, bytes, total) -> {};

    /**
     * Reports the progress.
     *
     * @param doing the action and the file, as a title
     * @param bytes the bytes that are done
     * @param total all bytes
     */
    void at(String doing, long bytes, long total);
  }

  /**
   * Returns the progress of a job that {@link #get} has returned, in a few words; empty if unknown.
   */
  default Optional<String> progress(String name) {
    return Optional.empty();
  }

  /**
   * Returns all jobs of a spec in the place of this back end, in any state, {@link
   * ListedJob#NEWEST_FIRST the newest first}: the jobs with its key, and the jobs with the key of
   * older versions.
   */
  List<ListedJob> find(TuningSpec spec) throws BackEndException;

  /**
   * Creates one job, labelled with its key.
   *
   * @param ledger id of the ledger, a label of the job
   * @throws BackEndException of {@link BackEndException.Kind#UNCERTAIN} if the job may have been
   *     created; after every other kind it was certainly not created
   */
  BackEndJob create(TuningSpec spec, StagedDataset staged, String ledger) throws BackEndException;

  /** Returns the current state of a job. */
  BackEndJob get(String name) throws BackEndException;

  /** Requests the cancellation of a job, which may end later or not at all. */
  void cancel(String name) throws BackEndException;

  @Override
  void close();

  /** The URIs or paths from which the back end reads a dataset. */
  record StagedDataset(String training, String validation) {}
}
