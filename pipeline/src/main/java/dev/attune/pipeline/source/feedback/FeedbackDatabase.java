package dev.attune.pipeline.source.feedback;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.connect.DatabaseAccess;
import dev.attune.pipeline.source.feedback.connect.DatabaseFaults;
import dev.attune.pipeline.source.feedback.connect.EnvironmentPassword;
import dev.attune.pipeline.source.feedback.connect.JdbcAddress;
import dev.attune.pipeline.source.feedback.connect.PasswordReference;
import dev.attune.pipeline.source.feedback.connect.SecretPassword;
import dev.attune.pipeline.source.feedback.improvement.ImprovementFiles;
import dev.attune.pipeline.source.feedback.sql.ColumnKind;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the feedback database before the run: connects, checks what the configuration names, and
 * plans the reading. Every failure is one sentence that names the host, table or column.
 */
public final class FeedbackDatabase {
  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);

  private final Feedback feedback;
  private final Place folder;
  private final Map<String, String> environment;
  private final Duration deadline;

  private FeedbackDatabase(
      Feedback feedback, Place folder, Map<String, String> environment, Duration deadline) {
    this.feedback = feedback;
    this.folder = folder;
    this.environment = environment;
    this.deadline = deadline;
  }

  /**
   * Creates an inspection of the database that {@code feedback} names.
   *
   * @param folder of attune.yaml
   * @param environment the variables of this process; {@code passwordEnv} is looked up in them
   */
  public static FeedbackDatabase of(
      Feedback feedback, Place folder, Map<String, String> environment) {
    return new FeedbackDatabase(feedback, folder, environment, CONNECT_DEADLINE);
  }

  /** Returns this inspection with another deadline for connecting; workers use it as well. */
  FeedbackDatabase withConnectDeadline(Duration other) {
    return new FeedbackDatabase(feedback, folder, environment, other);
  }

  /**
   * Connects, checks the table and its columns, and plans the reading. Scans the table once for the
   * number of rows and the greatest id and time.
   */
  public FeedbackPlan inspect() throws SourceException {
    DatabaseAccess access = access(feedback.connection());
    String place = feedback.table() == null ? "query" : feedback.table();
    try (java.sql.Connection connection = access.open()) {
      FeedbackTable table = FeedbackTable.find(connection, feedback, access);
      FeedbackPlan plan = plan(connection, access, table, place);
      connection.rollback();
      return plan;
    } catch (SQLException e) {
      throw new SourceException(
          DatabaseFaults.sentence(e, place, access.address(), access.username()),
          DatabaseFaults.withoutData(e));
    }
  }

  private DatabaseAccess access(Connection connection) throws SourceException {
    JdbcAddress address = JdbcAddress.of(connection.jdbcUrl(), folder);
    return new DatabaseAccess(address, connection.username(), password(connection), deadline);
  }

  private @Nullable PasswordReference password(Connection connection) {
    if (connection.passwordSecret() != null) {
      return new SecretPassword(connection.passwordSecret(), environment);
    }
    return connection.passwordEnv() == null
        ? null
        : new EnvironmentPassword(connection.passwordEnv(), environment);
  }

  private FeedbackPlan plan(
      java.sql.Connection connection, DatabaseAccess access, FeedbackTable table, String place)
      throws SQLException, SourceException {
    PartitionColumn partition = table.partition();
    try (Statement statement = connection.createStatement();
        ResultSet facts = statement.executeQuery(table.factsQuery())) {
      facts.next();
      long rows = facts.getLong(1);
      String greatestId = table.idKind().text(facts, 2);
      ColumnKind timeKind = table.timeKind();
      String greatestTime = timeKind == null ? null : timeKind.text(facts, 3);
      List<RowRange> ranges =
          partition == null
              ? List.of(RowRange.UNBOUNDED)
              : partition.ranges(
                  rows, partition.kind().text(facts, 4), partition.kind().text(facts, 5));
      Watermark watermark = new Watermark(rows, greatestId, greatestTime);
      return new FeedbackPlan(
          access,
          table.rowQuery(),
          ranges,
          place,
          watermark,
          improvements(),
          table.names(),
          table.jsonAdvice());
    }
  }

  private List<InputFile> improvements() throws SourceException {
    String pattern = feedback.improvements();
    return pattern == null
        ? List.of()
        : ImprovementFiles.find(pattern, folder, feedback.awaited()).survey(more -> {});
  }
}
