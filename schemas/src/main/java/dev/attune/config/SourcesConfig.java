package dev.attune.config;

import dev.attune.config.textmodel.ImprovementConfig;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sources of records; at least one is configured.
 *
 * @param feedback rows of a database, or null
 * @param observations files of labelled texts, or null
 * @param generated files of generated samples, or null
 */
public record SourcesConfig(
    @Nullable Feedback feedback, @Nullable Observations observations, @Nullable Generated generated)
    implements Serializable {

  /**
   * Rated answers, read through JDBC.
   *
   * @param connection how to reach the database
   * @param table the table, or null if {@code query} is given
   * @param query a SELECT, or null if {@code table} is given
   * @param columns which column holds what
   * @param partitionColumn a numeric or timestamp column to read ranges of in parallel, or null:
   *     one reader
   * @param improvements pattern of JSONL files with better answers, or null
   * @param awaited whether Attune writes these files, so that there may be none yet
   */
  public record Feedback(
      Connection connection,
      @Nullable String table,
      @Nullable String query,
      FeedbackColumns columns,
      @Nullable String partitionColumn,
      @Nullable String improvements,
      boolean awaited)
      implements Serializable {

    /** Creates a source whose files of improvements must exist. */
    public Feedback(
        Connection connection,
        @Nullable String table,
        @Nullable String query,
        FeedbackColumns columns,
        @Nullable String partitionColumn,
        @Nullable String improvements) {
      this(connection, table, query, columns, partitionColumn, improvements, false);
    }

    /** Returns the source as the command that writes improvements reads it. */
    public Feedback awaitingImprovements() {
      return new Feedback(
          connection,
          table,
          query,
          columns,
          partitionColumn,
          improvements == null ? ImprovementConfig.DEFAULT_FILES : improvements,
          true);
    }
  }

  /**
   * A database. The password is referenced by at most one of the two keys, never written.
   *
   * @param jdbcUrl {@code jdbc:…}, without a password in it
   * @param username or null
   * @param passwordEnv name of an environment variable on this machine, or null
   * @param passwordSecret {@code projects/P/secrets/S/versions/V}, or null
   */
  public record Connection(
      String jdbcUrl,
      @Nullable String username,
      @Nullable String passwordEnv,
      @Nullable String passwordSecret)
      implements Serializable {}

  /** Names of the columns of feedback; id, prompt, response and rating are required. */
  public record FeedbackColumns(
      String id,
      @Nullable String group,
      String prompt,
      String response,
      String rating,
      @Nullable String comment,
      @Nullable String createdAt)
      implements Serializable {}

  /**
   * Files of texts that experts labelled.
   *
   * @param files patterns of .csv, .jsonl and .json files, also .gz
   * @param columns which column or key holds what
   * @param separator one character between CSV columns, {@code ,} by default
   * @param categorySeparator between categories in one field, {@code |} by default
   */
  public record Observations(
      List<String> files, ObservationColumns columns, char separator, String categorySeparator)
      implements Serializable {
    public Observations {
      files = List.copyOf(files);
    }
  }

  /** Names of the columns or keys of observations; text and categories are required. */
  public record ObservationColumns(
      @Nullable String id,
      @Nullable String group,
      String text,
      String categories,
      @Nullable String media,
      @Nullable String createdAt)
      implements Serializable {}

  /** Files of generated samples, patterns of .jsonl files, also .gz. */
  public record Generated(List<String> files) implements Serializable {
    public Generated {
      files = List.copyOf(files);
    }
  }
}
