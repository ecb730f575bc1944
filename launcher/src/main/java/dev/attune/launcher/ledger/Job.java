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
 * A tuning job as the ledger knows it; once it succeeded, a model of the same name.
 *
 * @param id the first 12 hex digits of its key, a hyphen, the attempt
 * @param attempt 1, or more where others with its key failed
 * @param spec what it is
 * @param state where it is, as last seen
 * @param createUntil until when a call to create it may still reach the back end, or null before
 *     the first call
 * @param known the back end's job, or null while none is known
 * @param live whether it is the job of its key; false once it failed, was left behind by another
 *     attempt, or was one of two that got the same key
 * @param listingDue whether the back end's jobs must still be listed after a call to create it
 * @param stamp when it was intended, by whom
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

  /** Whether a call to create it may have left, so that its place is no longer open. */
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

  /** Whether nothing more will be heard of it: it ended, and where it has a model, that answers. */
  public boolean isOver() {
    if (!state.hasModel() || spec.backEnd().equals(LOCAL)) {
      return state.isTerminal();
    }
    return endpoint() != null;
  }

  /**
   * Whether {@code --again} begins another: this one failed, or was requested elsewhere and has no
   * model.
   *
   * @param place where the other one would be requested
   */
  public boolean yieldsTo(JobPlace place) {
    boolean elsewhere = isRequested() && !spec.place().isSame(place);
    return state.hasFailed() || (elsewhere && !state.hasModel());
  }

  /** The same requested elsewhere. */
  public Job in(JobPlace place) {
    return new Job(id, attempt, spec.in(place), state, createUntil, known, live, listingDue, stamp);
  }

  /**
   * A change of a job's state.
   *
   * @param note what was said of it, or null
   */
  public record Change(TuningJobState state, @Nullable String note, @JsonUnwrapped Stamp stamp) {}
}
