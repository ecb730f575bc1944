package dev.attune.launcher.ledger;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Ledger version 2: the location is no part of a job's key, and jobs have a project. Java, because
 * keys are SHA-256 over texts that no SQL of H2 and PostgreSQL writes alike. Ids stay. Jobs that
 * differed in the location alone get one key: the one that succeeded holds it, else the oldest that
 * has not failed; the others stay readable, with a remark where they had not failed either.
 *
 * <p>May run again after a process was killed within it: H2 commits each change of a table by
 * itself; the rows change in one transaction, and a second time they stay as they are.
 */
public final class KeyWithoutPlace implements JavaMigration {
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

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
    identify(connection);
    Map<String, List<Row>> byKey = new LinkedHashMap<>();
    for (Row row : rows(connection)) {
      byKey.computeIfAbsent(row.spec.key(), key -> new ArrayList<>()).add(row);
    }
    for (Map.Entry<String, List<Row>> group : byKey.entrySet()) {
      rewrite(connection, group.getKey(), group.getValue());
    }
  }

  private static void identify(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into ledger_identity select 1, cast(? as varchar(36))"
                + " where not exists (select 1 from ledger_identity)")) {
      insert.setString(1, UUID.randomUUID().toString());
      insert.execute();
    }
  }

  /** Gives jobs their common key and new attempts, in order; the one that counts is the last. */
  private static void rewrite(Connection connection, String key, List<Row> rows)
      throws SQLException {
    Row holder =
        rows.stream()
            .filter(row -> row.live)
            .min(
                Comparator.comparing((Row row) -> !row.state.hasModel())
                    .thenComparing(Row::entered)
                    .thenComparing(Row::id))
            .orElse(null);
    List<Row> ordered = new ArrayList<>(rows);
    ordered.sort(
        Comparator.comparing((Row row) -> row.equals(holder))
            .thenComparing(Row::entered)
            .thenComparing(Row::attempt)
            .thenComparing(Row::id));
    for (Row row : ordered) {
      if (row.live && holder != null && !row.equals(holder)) {
        update(connection, "update jobs set live_key = null where id = ?", row.id);
        remark(connection, row, holder);
      }
    }
    int attempt = 0;
    for (Row row : ordered) {
      attempt++;
      if (!row.key.equals(key)) {
        update(
            connection,
            "update jobs set job_key = ?, attempt = ?, live_key = ? where id = ?",
            key,
            attempt,
            row.equals(holder) ? key : null,
            row.id);
      }
    }
  }

  private static void remark(Connection connection, Row row, Row holder) throws SQLException {
    String note =
        ("The location is no longer a part of a job's key, so that %s (%s) and this job (%s) are"
                + " the same; %s counts, and this one stays as it is%s")
            .formatted(
                holder.id,
                holder.spec.location(),
                row.spec.location(),
                holder.id,
                row.state.isTerminal()
                    ? "."
                    : ": attune cancel " + row.id + " asks for its end if it is not wanted.");
    update(
        connection,
        "insert into job_states select id, (select coalesce(max(position), 0) + 1 from job_states"
            + " where job_id = ?), state, cast(? as varchar(4000)), current_timestamp, entered_by"
            + " from jobs where id = ?",
        row.id,
        note,
        row.id);
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static List<Row> rows(Connection connection) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select * from jobs order by entered_at, id")) {
      while (result.next()) {
        rows.add(
            new Row(
                result.getString("id"),
                result.getString("job_key"),
                result.getInt("attempt"),
                result.getString("live_key") != null,
                new TuningSpec(
                    result.getString("dataset"),
                    result.getString("back_end"),
                    result.getString("base_model"),
                    new JobPlace(null, result.getString("location")),
                    new Hyperparameters(
                        result.getInt("epochs"),
                        result.getInt("adapter_size"),
                        result.getDouble("learning_rate_multiplier"))),
                TuningJobState.valueOf(result.getString("state")),
                result.getTimestamp("entered_at")));
      }
    }
    return rows;
  }

  /** What counts of a row of jobs. */
  private record Row(
      String id,
      String key,
      int attempt,
      boolean live,
      TuningSpec spec,
      TuningJobState state,
      Timestamp entered) {}
}
