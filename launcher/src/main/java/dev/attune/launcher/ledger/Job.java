package dev.attune.launcher.ledger;

import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tuning job as the ledger knows it; once it succeeded, a model of the same name.
 *
 * @param id the first 12 hex digits of its key, a hyphen, the attempt
 * @param attempt 1, or more where others with its key failed
 * @param spec what it is
 * @param state where it is, as last seen
 * @param createUntil until when a call to create it may still reach the back end, or null before
 *     the first call
 * @param known the back end's job, or null while none is known
 * @param stamp when it was intended, by whom
 */
public record Job(
    String id,
    int attempt,
    TuningSpec spec,
    TuningJobState state,
    @Nullable Instant createUntil,
    @Nullable BackEndJob known,
    Stamp stamp) {

  /**
   * A change of a job's state.
   *
   * @param note what was said of it, or null
   */
  public record Change(TuningJobState state, @Nullable String note, Stamp stamp) {}
}
