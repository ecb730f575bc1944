package dev.attune.launcher.tuning;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A tuning job as a back end lists it.
 *
 * @param job as it is now
 * @param created when the back end created it
 * @param ledger id of the ledger whose process created it, or null where the job does not say
 * @param place where it was listed
 */
public record ListedJob(BackEndJob job, Instant created, @Nullable String ledger, JobPlace place) {
  /** The newest first; of jobs created in the same moment the one with the greater name. */
  public static final Comparator<ListedJob> NEWEST_FIRST =
      Comparator.comparing(ListedJob::created)
          .thenComparing(listed -> listed.job().name())
          .reversed();
}
