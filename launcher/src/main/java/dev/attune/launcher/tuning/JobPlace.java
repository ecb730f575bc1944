package dev.attune.launcher.tuning;

import org.jspecify.annotations.Nullable;

/**
 * Where a tuning job is requested: stored with the job, no part of its key.
 *
 * @param project id or number as configured; null for a back end without projects, and for jobs
 *     that an older version entered, which did not store it
 * @param location region; {@code local} on this machine
 */
public record JobPlace(@Nullable String project, String location) {
  /** Whether both are the same place; a project that is not known equals every other. */
  public boolean isSame(JobPlace other) {
    return location.equals(other.location)
        && (project == null || other.project == null || project.equals(other.project));
  }

  /** The same place with its project, or with this one where none is known. */
  public JobPlace orProject(@Nullable String configured) {
    return project == null ? new JobPlace(configured, location) : this;
  }

  /** For a sentence, as in {@code us-central1 of project my-project}. */
  public String described() {
    return project == null ? location : location + " of project " + project;
  }
}
