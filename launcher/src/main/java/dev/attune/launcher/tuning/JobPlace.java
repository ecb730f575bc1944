package dev.attune.launcher.tuning;

import org.jspecify.annotations.Nullable;

/**
 * The project and location of a tuning job. They are stored with the job and are not part of its
 * key.
 *
 * @param project id or number as configured; null for a back end without projects, and for jobs
 *     that an older version entered, which did not store it
 * @param location region; {@code local} on this machine
 */
public record JobPlace(@Nullable String project, String location) {
  /** Returns whether both are the same place; an unknown project equals every other. */
  public boolean isSame(JobPlace other) {
    return location.equals(other.location)
        && (project == null || other.project == null || project.equals(other.project));
  }

  /** Returns this place, with the given project if it has none. */
  public JobPlace orProject(@Nullable String configured) {
    return project == null ? new JobPlace(configured, location) : this;
  }

  /** Returns the place for a sentence, as in {@code us-central1 of project my-project}. */
  public String described() {
    return project == null ? location : location + " of project " + project;
  }
}
