package dev.attune.launcher.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of jobs within a transaction. */
final class JobRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The size of a column of sentences. */
  private static final int LONGEST_NOTE = 4000;

  private JobRows() {}

  static Job job(ResultSet row, StatementContext context) throws SQLException {
    TuningJobState state = TuningJobState.valueOf(row.getString("state"));
    Timestamp createUntil = row.getTimestamp("create_until");
    return new Job(
        row.getString("id"),
        row.getInt("attempt"),
        new TuningSpec(
            row.getString("dataset"),
            row.getString("back_end"),
            row.getString("base_model"),
            new JobPlace(row.getString("project"), row.getString("location")),
            new Hyperparameters(
                row.getInt("epochs"),
                row.getInt("adapter_size"),
                row.getDouble("learning_rate_multiplier"))),
        state,
        createUntil == null ? null : createUntil.toInstant(),
        known(row, state),
        row.getString("live_key") != null,
        row.getBoolean("listing_due"),
        Evaluations.stamp(row));
  }

  static Job.Change change(ResultSet row, StatementContext context) throws SQLException {
    return new Job.Change(
        TuningJobState.valueOf(row.getString("state")),
        row.getString("note"),
        Evaluations.stamp(row));
  }

  /** Returns the JSON of a usage, or null. */
  static @Nullable String used(@Nullable Usage usage) {
    try {
      return usage == null ? null : JSON.writeValueAsString(usage);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a usage is always JSON", e);
    }
  }

  private static @Nullable BackEndJob known(ResultSet row, TuningJobState state)
      throws SQLException {
    String name = row.getString("service_name");
    return name == null
        ? null
        : new BackEndJob(
            name,
            state,
            row.getString("tuned_model"),
            row.getString("endpoint"),
            row.getString("fault"),
            usage(row.getString("used")));
  }

  private static @Nullable Usage usage(@Nullable String json) {
    try {
      return json == null ? null : JSON.readValue(json, Usage.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger's own JSON is broken", e);
    }
  }

  static List<Job.Change> changes(Handle handle, String id) {
    return handle
        .select("select * from job_states where job_id = ? order by position", id)
        .map(JobRows::change)
        .list();
  }

  /** Returns the jobs of a key: the live job, then the others, the last attempt first. */
  static List<Job> byKey(Handle handle, String key) {
    return handle
        .select(
            "select * from jobs where job_key = ?"
                + " order by case when live_key is null then 1 else 0 end, attempt desc",
            key)
        .map(JobRows::job)
        .list();
  }

  static Job locked(Handle handle, String id) {
    return handle.select("select * from jobs where id = ? for update", id).map(JobRows::job).one();
  }

  static Job byId(Handle handle, String id) {
    return handle.select("select * from jobs where id = ?", id).map(JobRows::job).one();
  }

  static @Nullable String claimOf(Handle handle, String id) {
    return handle
        .select("select claim from jobs where id = ?", id)
        .map((row, context) -> Optional.ofNullable(row.getString(1)))
        .one()
        .orElse(null);
  }

  static void insert(Handle handle, Job job) {
    handle
        .createUpdate(
            "insert into jobs (id, job_key, attempt, live_key, dataset, back_end, base_model,"
                + " project, location, epochs, adapter_size, learning_rate_multiplier, state,"
                + " entered_at, entered_by) values (:id, :spec.key, :attempt, :spec.key,"
                + " :spec.dataset, :spec.backEnd, :spec.baseModel, :spec.place.project,"
                + " :spec.place.location, :spec.hyperparameters.epochs,"
                + " :spec.hyperparameters.adapterSize,"
                + " :spec.hyperparameters.learningRateMultiplier, :state, :stamp.at, :stamp.by)")
        .bindMethods(job)
        .execute();
  }

  static void enterChange(
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

  static @Nullable String cut(@Nullable String note) {
    return note == null || note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE);
  }
}
