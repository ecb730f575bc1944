package dev.attune.launcher.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Rows of jobs as records. */
final class JobRows {
  private static final ObjectMapper JSON = new ObjectMapper();

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
            row.getString("location"),
            new Hyperparameters(
                row.getInt("epochs"),
                row.getInt("adapter_size"),
                row.getDouble("learning_rate_multiplier"))),
        state,
        createUntil == null ? null : createUntil.toInstant(),
        known(row, state),
        Evaluations.stamp(row));
  }

  static Job.Change change(ResultSet row, StatementContext context) throws SQLException {
    return new Job.Change(
        TuningJobState.valueOf(row.getString("state")),
        row.getString("note"),
        Evaluations.stamp(row));
  }

  /** The column of a usage: JSON, or null. */
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
}
