package dev.attune.launcher.ledger;

import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.message.Messages;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tuning jobs. A key has at most one live job, which a constraint of the table ensures. {@link
 * #claimCreate} decides which of several processes may create the back end's job: it compares and
 * writes in one statement.
 */
public final class Jobs {
  private final LedgerDatabase book;

  Jobs(LedgerDatabase book) {
    this.book = book;
  }

  /** Returns the random id of this ledger, a label of the jobs that it creates: 36 characters. */
  public String ledger() {
    return book.in(
        handle ->
            handle.select("select id from ledger_identity").mapTo(String.class).one().strip());
  }

  /**
   * Returns the live job of a spec, or enters an intent if there is none. An intent without a
   * create call gets the place of the spec.
   *
   * @param again whether to enter another job if the last one {@link Job#isReplaceableIn yields}; a
   *     job that runs elsewhere stays readable with a remark, and is no longer live
   * @return the job: new, running, succeeded, or, unless {@code again}, failed
   */
  public Job intend(TuningSpec spec, boolean again) {
    String key = spec.key();
    Stamp stamp = book.stamp();
    Optional<Job> mine =
        book.tryEnter(
            handle -> {
              List<Job> all = JobRows.byKey(handle, key);
              if (!all.isEmpty() && !(again && all.get(0).isReplaceableIn(spec.place()))) {
                return Optional.of(withPlace(handle, all.get(0), spec.place()));
              }
              int attempt = 1 + all.stream().mapToInt(Job::attempt).max().orElse(0);
              Job job =
                  new Job(
                      key.substring(0, 12) + "-" + attempt,
                      attempt,
                      spec,
                      TuningJobState.INTENDED,
                      null,
                      null,
                      true,
                      false,
                      stamp);
              if (!all.isEmpty() && !all.get(0).state().hasFailed()) {
                replace(handle, all.get(0), job, stamp);
              }
              JobRows.insert(handle, job);
              JobRows.enterChange(handle, job.id(), job.state(), null, stamp);
              return Optional.of(job);
            });
    // If another process was faster, the key has its intent now.
    return mine.orElseGet(() -> book.in(handle -> JobRows.byKey(handle, key).get(0)));
  }

  /**
   * Claims the right to send one create call, before anything is sent. The claim also stores the
   * place of the job, and that the back end's jobs are to be listed after the call.
   *
   * @param job the job as it was last read, with the place of the call
   * @param until when the call will have ended in any case; in milliseconds
   * @return whether this process may send the call; false if another process was faster, the back
   *     end's job is known, or the job is no longer live
   */
  public boolean claimCreate(Job job, Instant until) {
    Stamp stamp = book.stamp();
    String claim = UUID.randomUUID().toString();
    Instant before = job.createUntil();
    return book.in(
        handle -> {
          Job now = JobRows.byId(handle, job.id());
          if (now.known() != null || now.state().isTerminal() || !now.live()) {
            return false;
          }
          if (claim.equals(JobRows.claimOf(handle, job.id()))) {
            return true; // The claim was stored just before the connection broke.
          }
          int changed =
              handle
                  .createUpdate(
                      ("update jobs set state = 'CREATING', create_until = :until, claim = :claim,"
                           + " project = :project, location = :location, listing_due = true where"
                           + " id = :id and service_name is null and live_key is not null and %s")
                          .formatted(
                              before == null ? "create_until is null" : "create_until = :before"))
                  .bind("until", until.truncatedTo(ChronoUnit.MILLIS))
                  .bind("claim", claim)
                  .bind("project", job.spec().place().project())
                  .bind("location", job.spec().location())
                  .bind("id", job.id())
                  .bind("before", before)
                  .execute();
          if (changed == 1) {
            JobRows.enterChange(handle, job.id(), TuningJobState.CREATING, null, stamp);
          }
          return changed == 1;
        });
  }

  /**
   * Makes the job an intent again after a claimed call that certainly created nothing. Nothing
   * happens if another process has claimed another call.
   *
   * @param until the time of the claim by {@link #claimCreate}
   * @param note why nothing was created, in one sentence
   */
  public void notCreated(String id, Instant until, String note) {
    Stamp stamp = book.stamp();
    book.enter(
        handle -> {
          int changed =
              handle.execute(
                  "update jobs set state = 'INTENDED', create_until = null, listing_due = false"
                      + " where id = ? and service_name is null and create_until = ?",
                  id,
                  until.truncatedTo(ChronoUnit.MILLIS));
          if (changed == 1) {
            JobRows.enterChange(handle, id, TuningJobState.INTENDED, note, stamp);
          }
        });
  }

  /**
   * Enters the job as the back end reports it; a state is entered once per change. A known job of
   * the back end is never replaced by another one with the same key, and the state of a job that
   * has ended never changes, so that an older observation of a slower process is ignored.
   *
   * @return the updated job
   */
  public Job observe(String id, BackEndJob seen) {
    return enter(id, seen, null, false);
  }

  /**
   * Enters a job of the back end that was found in a list.
   *
   * @param place the place that was listed; stored if no job is known yet
   * @param listAgain whether the list contained several jobs, so that they are to be listed again
   */
  public Job adopt(String id, BackEndJob seen, JobPlace place, boolean listAgain) {
    return enter(id, seen, place, listAgain);
  }

  private Job enter(String id, BackEndJob seen, @Nullable JobPlace found, boolean listAgain) {
    Stamp stamp = book.stamp();
    return book.in(
        handle -> {
          Job before = JobRows.locked(handle, id);
          BackEndJob known = before.known();
          JobPlace place = known == null && found != null ? found : before.spec().place();
          boolean ended = before.state().isTerminal() && before.state() != seen.state();
          if (ended
              || (known != null && (known.equals(seen) || !known.name().equals(seen.name())))) {
            return before;
          }
          // The model and endpoint stay: a slower process may have seen less.
          handle
              .createUpdate(
                  "update jobs set state = :state,"
                      + " live_key = case when :failed then null else live_key end,"
                      + " service_name = :name, project = :place.project,"
                      + " location = :place.location,"
                      + " listing_due = (listing_due or :again),"
                      + " tuned_model = coalesce(:model, tuned_model),"
                      + " endpoint = coalesce(:endpoint, endpoint),"
                      + " fault = :cut, used = coalesce(:used, used) where id = :id")
              .bindMethods(seen)
              .bindMethods("place", place)
              .bind("failed", seen.state().hasFailed())
              .bind("again", listAgain)
              .bind("cut", JobRows.cut(seen.fault()))
              .bind("used", JobRows.used(seen.usage()))
              .bind("id", id)
              .execute();
          if (before.state() != seen.state() || known == null) {
            JobRows.enterChange(handle, id, seen.state(), seen.fault(), stamp);
          }
          return JobRows.byId(handle, id);
        });
  }

  /**
   * Replaces the back end's job by an older one with the same key. Nothing happens if another
   * process did so, or the job has ended.
   *
   * @param from the back end's name of the job that is replaced
   * @param note why, in one sentence
   */
  public Job exchange(String id, String from, ListedJob to, String note) {
    Stamp stamp = book.stamp();
    BackEndJob seen = to.job();
    return book.in(
        handle -> {
          Job before = JobRows.locked(handle, id);
          BackEndJob known = before.known();
          if (known != null && known.name().equals(from) && !before.state().isTerminal()) {
            handle
                .createUpdate(
                    "update jobs set state = :state, service_name = :name, tuned_model = :model,"
                        + " endpoint = :endpoint, fault = :cut, used = :used,"
                        + " project = :place.project, location = :place.location where id = :id")
                .bindMethods(seen)
                .bindMethods("place", to.place())
                .bind("cut", JobRows.cut(seen.fault()))
                .bind("used", JobRows.used(seen.usage()))
                .bind("id", id)
                .execute();
            JobRows.enterChange(handle, id, seen.state(), note, stamp);
          }
          return JobRows.byId(handle, id);
        });
  }

  /** Stores that the back end's jobs were listed after the last create call of a job. */
  public Job listed(String id) {
    return book.in(
        handle -> {
          handle.execute("update jobs set listing_due = false where id = ?", id);
          return JobRows.byId(handle, id);
        });
  }

  /** Enters a sentence about a job without a change of its state; the same sentence only once. */
  public void remark(String id, String note) {
    Stamp stamp = book.stamp();
    book.enter(
        handle -> {
          if (JobRows.changes(handle, id).stream()
              .noneMatch(change -> Objects.equals(change.note(), JobRows.cut(note)))) {
            JobRows.enterChange(handle, id, JobRows.byId(handle, id).state(), note, stamp);
          }
        });
  }

  /** Returns the job of an id. */
  public Job get(String id) {
    return book.in(handle -> JobRows.byId(handle, id));
  }

  /** Returns all attempts of a spec: the live job, then the others, the last first. */
  public List<Job> attempts(TuningSpec spec) {
    return book.in(handle -> JobRows.byKey(handle, spec.key()));
  }

  /** Returns the back end's names of the other attempts of a job's key. */
  public Set<String> namesOfOtherAttempts(Job job) {
    return attempts(job.spec()).stream()
        .filter(other -> !other.id().equals(job.id()))
        .flatMap(other -> Stream.ofNullable(other.name()))
        .collect(Collectors.toSet());
  }

  /** Returns the job of an id, or else all jobs whose id begins with it, the newest first. */
  public List<Job> named(String id) {
    List<Job> found = all().stream().filter(job -> job.id().startsWith(id)).toList();
    List<Job> exact = found.stream().filter(job -> job.id().equals(id)).toList();
    return exact.isEmpty() ? found : exact;
  }

  /** Returns all jobs, the newest first. */
  public List<Job> all() {
    return book.in(
        handle ->
            handle
                .select("select * from jobs order by entered_at desc, id desc")
                .map(JobRows::job)
                .list());
  }

  /** Returns the changes of a job's state and the remarks, in order. */
  public List<Job.Change> changes(String id) {
    return book.in(handle -> JobRows.changes(handle, id));
  }

  /** Returns the job, with the place of a spec if it was not requested yet. */
  private static Job withPlace(Handle handle, Job job, JobPlace place) {
    if (job.isRequested() || job.state().isTerminal() || job.spec().place().equals(place)) {
      return job;
    }
    handle.execute(
        "update jobs set project = ?, location = ? where id = ? and create_until is null and"
            + " service_name is null",
        place.project(),
        place.location(),
        job.id());
    return JobRows.byId(handle, job.id());
  }

  private static void replace(Handle handle, Job left, Job next, Stamp stamp) {
    handle.execute("update jobs set live_key = null where id = ?", left.id());
    String note =
        Messages.of(
            "launcher.job.replaced-by",
            next.id(),
            next.spec().place().described(),
            left.spec().place().described(),
            left.id());
    JobRows.enterChange(handle, left.id(), left.state(), note, stamp);
  }
}
