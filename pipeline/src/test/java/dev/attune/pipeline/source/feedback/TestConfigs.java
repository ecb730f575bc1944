package dev.attune.pipeline.source.feedback;

import dev.attune.config.CurationRules;
import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.DatasetConfig;
import dev.attune.config.OutputFormat;
import dev.attune.config.SourcesConfig;
import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.config.Task;
import dev.attune.filesystem.FileMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations for tests. */
final class TestConfigs {
  static final FeedbackColumns COLUMNS =
      new FeedbackColumns("id", "user_id", "prompt", "response", "rating", "comment", "created_at");

  static final int RECORD_BYTES = 10_000;

  private TestConfigs() {}

  static Feedback feedback(Connection connection, String table, @Nullable String partition) {
    return new Feedback(connection, table, null, COLUMNS, partition, null);
  }

  static Feedback improvedBy(String pattern, Feedback feedback) {
    return new Feedback(
        feedback.connection(),
        feedback.table(),
        feedback.query(),
        feedback.columns(),
        feedback.partitionColumn(),
        pattern);
  }

  static DatasetConfig dataset(Feedback feedback) {
    return new DatasetConfig(
        "answers",
        Task.CONVERSATION,
        "Answer kindly.",
        null,
        new SourcesConfig(feedback, null, null),
        new CurationRules(
            List.of(),
            new QualityRule(70, List.of("generated")),
            new DuplicateRule(true, 0.8),
            new SplitRule(0.1, true, "1"),
            new Limits(0.5, RECORD_BYTES, false, 200, null, null, null)),
        new DatasetConfig.OutputConfig("build", OutputFormat.GEMINI, FileMode.PRIVATE));
  }
}
