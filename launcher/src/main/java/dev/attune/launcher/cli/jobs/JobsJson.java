package dev.attune.launcher.cli.jobs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.ledger.Stamp;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.launcher.tuning.submission.UnsentReason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document of jobs.schema.json, which tune, watch, jobs and cancel print with --json. */
public record JobsJson(int schemaVersion, List<JobEntry> jobs) {
  private static final int VERSION = 1;

  /** Returns the document of some jobs, with all changes of their states. */
  public static String of(List<Job> jobs, Jobs ledger, Duration createGrace) {
    return JsonDocument.text(
        new JobsJson(
            VERSION,
            jobs.stream()
                .map(job -> JobEntry.of(job, ledger.changes(job.id()), createGrace))
                .toList()));
  }

  private record JobEntry(
      String id,
      int attempt,
      String key,
      TuningJobState state,
      @Nullable String why,
      @JsonUnwrapped SpecEntry spec,
      @JsonUnwrapped BackEndEntry backEnd,
      @JsonUnwrapped Stamp stamp,
      List<Job.Change> changes) {
    static JobEntry of(Job job, List<Job.Change> changes, Duration createGrace) {
      TuningSpec spec = job.spec();
      return new JobEntry(
          job.id(),
          job.attempt(),
          spec.key(),
          job.state(),
          UnsentReason.of(job, changes, createGrace),
          new SpecEntry(
              spec.dataset(),
              spec.backEnd(),
              spec.baseModel(),
              spec.place().project(),
              spec.location(),
              spec.hyperparameters()),
          new BackEndEntry(job.name(), job.model(), job.endpoint(), job.fault(), job.usage()),
          job.stamp(),
          changes);
    }
  }

  private record SpecEntry(
      String dataset,
      String backEnd,
      String baseModel,
      @Nullable String project,
      String location,
      Hyperparameters hyperparameters) {}

  private record BackEndEntry(
      @Nullable String name,
      @Nullable String model,
      @Nullable String endpoint,
      @Nullable String fault,
      @Nullable Usage usage) {}
}
