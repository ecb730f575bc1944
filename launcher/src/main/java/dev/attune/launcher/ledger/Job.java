package dev.attune.launcher.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tuning job in the ledger. A job that succeeded is a model with the same id.
 *
 * @param id the first 12 hex digits of its key, a hyphen, the attempt
 * @param attempt 1, or more after other attempts of the key
 * @param spec the dataset, parameters and place of the job
 * @param state the last state that was seen
 * @param createUntil until when a create call may still reach the back end, or null before the
 *     first call
 * @param known the back end's job, or null while none is known
 * @param live whether it is the job of its key; false after it failed or another attempt replaced
 *     it, or if two jobs got the same key in a migration
 * @param listingDue whether the back end's jobs must still be listed after a create call
 * @param stamp when and by whom the job was requested
 */
public record Job(
    String id,
    int attempt,
    TuningSpec spec,
    TuningJobState state,
    @Nullable Instant createUntil,
    @Nullable BackEndJob known,
    boolean live,
    boolean listingDue,
    Stamp stamp) {
  private static final String LOCAL = "local";

  /** Returns whether a create call may have been sent, so that its place is fixed. */
  public boolean isRequested() {
    return createUntil != null || known != null;
  }

  /** Returns the back end's name of the job, or null while the back end has none. */
  public @Nullable String name() {
    return known == null ? null : known.name();
  }

  /** Returns the back end's name of the tuned model, or null while there is none. */
  public @Nullable String model() {
    return known == null ? null : known.model();
  }

  /** Returns where the tuned model answers, or null while it does not. */
  public @Nullable String endpoint() {
    return known == null ? null : known.endpoint();
  }

  /** Returns why the job failed, in the back end's words, or null. */
  public @Nullable String fault() {
    return known == null ? null : known.fault();
  }

  /** Returns what the back end used of the dataset, or null while it does not say. */
  public @Nullable Usage usage() {
    return known == null ? null : known.usage();
  }

  /**
   * Returns whether nothing will change: the job has ended, and its model, if any, has an endpoint.
   */
  public boolean isOver() {
    if (!state.hasModel() || spec.backEnd().equals(LOCAL)) {
      return state.isTerminal();
    }
    return endpoint() != null;
  }

  /**
   * Returns whether {@code --again} replaces this job: it failed, or it was requested in another
   * place and has no model.
   *
   * @param place the place of the new job
   */
  public boolean isReplaceableIn(JobPlace place) {
    boolean elsewhere = isRequested() && !spec.place().isSame(place);
    return state.hasFailed() || (elsewhere && !state.hasModel());
  }

  /** Returns the job with another place. */
  public Job in(JobPlace place) {
    return new Job(id, attempt, spec.in(place), state, createUntil, known, live, listingDue, stamp);
  }

  /**
   * A change of a job's state, or a remark.
   *
   * @param note a sentence about it, or null
   */
  public record Change(TuningJobState state, @Nullable String note, @JsonUnwrapped Stamp stamp) {}
}
