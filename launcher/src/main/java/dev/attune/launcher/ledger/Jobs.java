package dev.attune.launcher.ledger;

import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tuning jobs. A key has at most one job that counts: the table holds that, whoever writes. Which
 * of several processes may create the back end's job is decided by {@link #mayCreate}, a comparison
 * and a write in one statement.
 */
public final class Jobs {
  /** What a column of names takes. */
  private static final int LONGEST_NOTE = 4000;

  private final Book book;

  Jobs(Book book) {
    this.book = book;
  }

  /**
   * The job of a spec that counts; a new intent where there is none.
   *
   * @param again whether to begin another where the last one failed
   * @return the job: new, under way, succeeded, or, unless {@code again}, failed
   */
  public Job intend(TuningSpec spec, boolean again) {
    String key = spec.key();
    Stamp stamp = book.stamp();
    Optional<Job> mine =
        book.unlessTaken(
            handle -> {
              List<Job> all = byKey(handle, key);
              if (!all.isEmpty() && !(again && all.get(0).state().hasFailed())) {
                return Optional.of(all.get(0));
              }
              int attempt = all.isEmpty() ? 1 : all.get(0).attempt() + 1;
              Job job =
                  new Job(
                      key.substring(0, 12) + "-" + attempt,
                      attempt,
                      spec,
                      TuningJobState.INTENDED,
                      null,
                      null,
                      stamp);
              insert(handle, job);
              enterChange(handle, job.id(), job.state(), null, stamp);
              return Optional.of(job);
            });
    // Where another process was quicker, its intent stands there now.
    return mine.orElseGet(() -> book.in(handle -> byKey(handle, key).get(0)));
  }

  /**
   * Claims the right to send one call that creates the job: the ledger is told before anything
   * leaves this machine.
   *
   * @param job as it was last read
   * @param until when the call will have ended, whatever comes; to the millisecond
   * @return whether this process may; else another was quicker, or the job is known by now
   */
  public boolean mayCreate(Job job, Instant until) {
    Stamp stamp = book.stamp();
    String claim = UUID.randomUUID().toString();
    Instant before = job.createUntil();
    return book.in(
        handle -> {
          Job now = byId(handle, job.id());
          if (now.known() != null || now.state().isTerminal()) {
            return false;
          }
          if (claim.equals(claimOf(handle, job.id()))) {
            return true; // entered just before the connection broke
          }
          int changed =
              handle
                  .createUpdate(
                      "update jobs set state = 'CREATING', create_until = :until, claim = :claim"
                          + " where id = :id and service_name is null and "
                          + (before == null ? "create_until is null" : "create_until = :before"))
                  .bind("until", until.truncatedTo(ChronoUnit.MILLIS))
                  .bind("claim", claim)
                  .bind("id", job.id())
                  .bind("before", before)
                  .execute();
          if (changed == 1) {
            enterChange(handle, job.id(), TuningJobState.CREATING, null, stamp);
          }
          return changed == 1;
        });
  }

  /**
   * The call that was claimed created nothing, for certain: the job is an intent again. Nothing
   * happens where another process has claimed a call of its own by now.
   *
   * @param until as it was claimed by {@link #mayCreate}
   * @param note why, in one sentence
   */
  public void notCreated(String id, Instant until, String note) {
    Stamp stamp = book.stamp();
    book.enter(
        handle -> {
          int changed =
              handle.execute(
                  "update jobs set state = 'INTENDED', create_until = null where id = ? and"
                      + " service_name is null and create_until = ?",
                  id,
                  until.truncatedTo(ChronoUnit.MILLIS));
          if (changed == 1) {
            enterChange(handle, id, TuningJobState.INTENDED, note, stamp);
          }
        });
  }

  /**
   * Enters what the back end says of the job; a state is entered once per change. Once the back
   * end's job is known, another one with the same key never takes its place, and once it ended, its
   * state stays: what a slower process saw before comes too late.
   *
   * @return the job as it is now
   */
  public Job observe(String id, BackEndJob seen) {
    Stamp stamp = book.stamp();
    return book.in(
        handle -> {
          Job before =
              handle
                  .select("select * from jobs where id = ? for update", id)
                  .map(JobRows::job)
                  .one();
          BackEndJob known = before.known();
          boolean ended = before.state().isTerminal() && before.state() != seen.state();
          if (ended
              || (known != null && (known.equals(seen) || !known.name().equals(seen.name())))) {
            return before;
          }
          handle
              .createUpdate(
                  "update jobs set state = :state, live_key = :live, service_name = :name,"
                      + " tuned_model = :model, endpoint = :endpoint, fault = :fault, used = :used"
                      + " where id = :id")
              .bind("state", seen.state().name())
              .bind("live", seen.state().hasFailed() ? null : before.spec().key())
              .bind("name", seen.name())
              .bind("model", seen.model())
              .bind("endpoint", seen.endpoint())
              .bind("fault", cut(seen.fault()))
              .bind("used", JobRows.used(seen.usage()))
              .bind("id", id)
              .execute();
          if (before.state() != seen.state() || known == null) {
            enterChange(handle, id, seen.state(), seen.fault(), stamp);
          }
          return byId(handle, id);
        });
  }

  /** Enters a sentence about a job without a change of its state; the same one only once. */
  public void remark(String id, String note) {
    Stamp stamp = book.stamp();
    book.enter(
        handle -> {
          if (changes(handle, id).stream()
              .noneMatch(change -> Objects.equals(change.note(), cut(note)))) {
            enterChange(handle, id, byId(handle, id).state(), note, stamp);
          }
        });
  }

  /** The job of an id. */
  public Job get(String id) {
    return book.in(handle -> byId(handle, id));
  }

  /** All attempts of a spec, the last first. */
  public List<Job> attempts(TuningSpec spec) {
    return book.in(handle -> byKey(handle, spec.key()));
  }

  /** All jobs whose id begins like this, the newest first. */
  public List<Job> startingWith(String prefix) {
    return all().stream().filter(job -> job.id().startsWith(prefix)).toList();
  }

  /** All jobs, the newest first. */
  public List<Job> all() {
    return book.in(
        handle ->
            handle
                .select("select * from jobs order by entered_at desc, id desc")
                .map(JobRows::job)
                .list());
  }

  /** Every change of a job's state, the first first. */
  public List<Job.Change> changes(String id) {
    return book.in(handle -> changes(handle, id));
  }

  private static List<Job.Change> changes(Handle handle, String id) {
    return handle
        .select("select * from job_states where job_id = ? order by position", id)
        .map(JobRows::change)
        .list();
  }

  /** The jobs of a key, the last attempt first. */
  private static List<Job> byKey(Handle handle, String key) {
    return handle
        .select("select * from jobs where job_key = ? order by attempt desc", key)
        .map(JobRows::job)
        .list();
  }

  private static Job byId(Handle handle, String id) {
    return handle.select("select * from jobs where id = ?", id).map(JobRows::job).one();
  }

  private static @Nullable String claimOf(Handle handle, String id) {
    return handle
        .select("select claim from jobs where id = ?", id)
        .map((row, context) -> Optional.ofNullable(row.getString(1)))
        .one()
        .orElse(null);
  }

  private static void insert(Handle handle, Job job) {
    TuningSpec spec = job.spec();
    handle.execute(
        "insert into jobs (id, job_key, attempt, live_key, dataset, back_end, base_model, location,"
            + " epochs, adapter_size, learning_rate_multiplier, state, entered_at, entered_by)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        job.id(),
        spec.key(),
        job.attempt(),
        spec.key(),
        spec.dataset(),
        spec.backEnd(),
        spec.baseModel(),
        spec.location(),
        spec.hyperparameters().epochs(),
        spec.hyperparameters().adapterSize(),
        spec.hyperparameters().learningRateMultiplier(),
        job.state().name(),
        job.stamp().at(),
        job.stamp().by());
  }

  private static void enterChange(
      Handle handle, String id, TuningJobState state, @Nullable String note, Stamp stamp) {
    handle.execute(
        "insert into job_states select ?, coalesce(max(position), 0) + 1, ?, ?, ?, ? from"
            + " job_states where job_id = ?",
        id,
        state.name(),
        cut(note),
        stamp.at(),
        stamp.by(),
        id);
  }

  private static @Nullable String cut(@Nullable String note) {
    return note == null || note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE);
  }
}
