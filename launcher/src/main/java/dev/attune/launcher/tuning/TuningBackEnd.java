package dev.attune.launcher.tuning;

import dev.attune.launcher.dataset.DatasetDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Whoever tunes. Every call ends within the call deadline of the configuration, is sent once, and
 * is never repeated by the client behind it: who calls decides what a fault means.
 */
public interface TuningBackEnd extends AutoCloseable {
  /** {@code vertex} or {@code local}; part of a job's key. */
  String name();

  /**
   * Brings the two files of a dataset where the back end reads them. Nothing moves that stands
   * there already with the same checksum.
   *
   * @return what {@link #create} needs
   */
  Staged stage(DatasetDirectory dataset) throws BackEndException, IOException;

  /**
   * The same.
   *
   * @param told how far it is
   */
  default Staged stage(DatasetDirectory dataset, StagingProgress told)
      throws BackEndException, IOException {
    return stage(dataset);
  }

  /** Is told how far the staging of a dataset is. */
  @FunctionalInterface
  interface StagingProgress {
    /** Tells nobody. */
    StagingProgress NONE = (doing, bytes, total) -> {};

    /**
     * How far it is.
     *
     * @param doing what is done with which file, as a title
     * @param bytes so many have been
     * @param total of so many
     */
    void at(String doing, long bytes, long total);
  }

  /**
   * How far a job is that {@link #get} has shown, in a few words; nothing where it is not known.
   */
  default Optional<String> progress(String name) {
    return Optional.empty();
  }

  /**
   * All jobs of a spec in the place of this back end, in any state, {@link ListedJob#NEWEST_FIRST
   * the newest first}: those that carry its key, and those that carry the key by which older
   * versions labelled it there.
   */
  List<ListedJob> find(TuningSpec spec) throws BackEndException;

  /**
   * Starts one job, labelled with its key.
   *
   * @param ledger id of the ledger that the job is entered in; the job carries it
   * @throws BackEndException of {@link BackEndException.Kind#UNCERTAIN} where the job may have been
   *     created all the same; of every other kind it was certainly not
   */
  BackEndJob create(TuningSpec spec, Staged staged, String ledger) throws BackEndException;

  /** How a job is now. */
  BackEndJob get(String name) throws BackEndException;

  /** Asks for its end, which may come later or not at all. */
  void cancel(String name) throws BackEndException;

  @Override
  void close();

  /** Where the back end reads a dataset: URIs or paths. */
  record Staged(String training, String validation) {}
}
