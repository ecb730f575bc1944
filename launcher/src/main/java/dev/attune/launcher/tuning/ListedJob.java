package dev.attune.launcher.tuning;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A tuning job in the list of a back end.
 *
 * @param job the job
 * @param created when the back end created the job
 * @param ledger id of the ledger whose process created the job, or null if unknown
 * @param place the place that was listed
 */
public record ListedJob(BackEndJob job, Instant created, @Nullable String ledger, JobPlace place) {
  /** Orders by time of creation, the newest first, then by name, descending. */
  public static final Comparator<ListedJob> NEWEST_FIRST =
      Comparator.comparing(ListedJob::created)
          .thenComparing(listed -> listed.job().name())
          .reversed();
}
