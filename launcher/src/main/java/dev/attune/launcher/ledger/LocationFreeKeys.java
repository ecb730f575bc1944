package dev.attune.launcher.ledger;

import dev.attune.launcher.tuning.TuningSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Migrates a ledger to version 2: removes the location from the keys of jobs, and adds the project
 * of jobs. It is Java because keys are SHA-256 hashes of texts that no SQL of H2 and PostgreSQL
 * writes alike. Ids stay. Jobs that differ only in the location get the same key: the job that
 * succeeded is the live job of the key, else the oldest job that has not failed. The others stay
 * readable, with a remark if they had not failed either.
 *
 * <p>Running it again after it was killed is safe: H2 commits each change of a table on its own,
 * the rows change in one transaction, and rows that are migrated stay as they are.
 */
public final class LocationFreeKeys implements JavaMigration {
  private static final String[] TABLES = {
    // Null: an older version entered the job.
    "alter table jobs add column if not exists project varchar(200)",
    // Whether the back end's jobs are still to be listed after a call to create.
    "alter table jobs add column if not exists listing_due boolean default false not null",
    // One row: the random id of this ledger, a label of the jobs that it creates.
    "create table if not exists ledger_identity (position int primary key, id varchar(36) not null)"
  };

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("2");
  }

  @Override
  public String getDescription() {
    return "key without place";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  /** Migrates on Flyway's connection, which stays open. */
  @Override
  public void migrate(Context context) {
    Handle handle = Jdbi.open(context.getConnection());
    for (String table : TABLES) {
      handle.execute(table);
    }
    handle.execute(
        "insert into ledger_identity select 1, cast(? as varchar(36))"
            + " where not exists (select 1 from ledger_identity)",
        UUID.randomUUID().toString());
    Map<String, List<Job>> byKey = new LinkedHashMap<>();
    handle
        .select("select * from jobs order by entered_at, id")
        .map(JobRows::job)
        .forEach(job -> byKey.computeIfAbsent(job.spec().key(), key -> new ArrayList<>()).add(job));
    byKey.forEach((key, jobs) -> rewrite(handle, key, jobs));
  }

  /** Gives jobs their common key and new attempts, in order; the live job is the last. */
  private static void rewrite(Handle handle, String key, List<Job> jobs) {
    Comparator<Job> byAge = Comparator.comparing((Job job) -> job.stamp().at());
    Job holder =
        jobs.stream()
            .filter(Job::live)
            .min(
                Comparator.comparing((Job job) -> !job.state().hasModel())
                    .thenComparing(byAge)
                    .thenComparing(Job::id))
            .orElse(null);
    List<Job> ordered = new ArrayList<>(jobs);
    ordered.sort(
        Comparator.comparing((Job job) -> job.equals(holder))
            .thenComparing(byAge)
            .thenComparing(Job::attempt)
            .thenComparing(Job::id));
    for (Job job : ordered) {
      if (job.live() && holder != null && !job.equals(holder)) {
        handle.execute("update jobs set live_key = null where id = ?", job.id());
        remark(handle, job, holder);
      }
    }
    int attempt = 0;
    for (Job job : ordered) {
      attempt++;
      handle.execute(
          "update jobs set job_key = ?, attempt = ?, live_key = ? where id = ? and job_key <> ?",
          key,
          attempt,
          job.equals(holder) ? key : null,
          job.id(),
          key);
    }
  }

  private static void remark(Handle handle, Job job, Job holder) {
    TuningSpec spec = job.spec();
    String note =
        ("The location is no longer part of a job's key, so %s (%s) and this job (%s) have the same"
                + " key; %s is the job of the key, and this one stays as it is%s")
            .formatted(
                holder.id(),
                holder.spec().location(),
                spec.location(),
                holder.id(),
                job.state().isTerminal()
                    ? "."
                    : ": if it is not wanted, cancel it with attune cancel " + job.id() + ".");
    handle.execute(
        "insert into job_states select id, (select coalesce(max(position), 0) + 1 from job_states"
            + " where job_id = ?), state, cast(? as varchar(4000)), current_timestamp, entered_by"
            + " from jobs where id = ?",
        job.id(),
        note,
        job.id());
  }
}
