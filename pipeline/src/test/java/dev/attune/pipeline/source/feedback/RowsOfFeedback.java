package dev.attune.pipeline.source.feedback;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.ReadSink;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Reads a whole source in this process and returns the outcome of each row. */
final class RowsOfFeedback {
  private RowsOfFeedback() {}

  /** By id: prompt and answer of an example, or reason and detail of a rejected row. */
  static Map<String, String> read(Feedback feedback, Path folder)
      throws SourceException, IOException {
    FeedbackPlan plan =
        FeedbackDatabase.of(feedback, Place.of(folder), TestPostgres.ENVIRONMENT).inspect();
    Map<String, String> rows = new TreeMap<>();
    ReadFeedback.of(plan, TestConfigs.dataset(feedback))
        .read(
            new ReadSink() {
              @Override
              public void example(Example example) {
                rows.put(
                    example.id(),
                    example.line().turns().get(0).text() + " > " + example.line().answer());
              }

              @Override
              public void rejected(RejectedRecord rejected) {
                rows.put(rejected.id(), rejected.reason() + " " + rejected.detail());
              }

              @Override
              public void refusal(Refusal refusal) {
                throw new AssertionError(refusal);
              }
            });
    return rows;
  }

  /** Runs a script of the test resources, statement by statement. */
  static void run(String script, Connection connection) throws IOException, SQLException {
    try (InputStream in = RowsOfFeedback.class.getResourceAsStream(script);
        Statement statement = connection.createStatement()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String sql : text.split(";\\s*(\\n|$)", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }
}
