package dev.attune.pipeline.source.feedback;

import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.source.feedback.connect.DatabaseAccess;
import dev.attune.pipeline.source.feedback.connect.DatabaseFaults;
import dev.attune.pipeline.source.feedback.row.FeedbackRecords;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.source.file.storage.InputFile;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan that {@link FeedbackDatabase#inspect} makes and {@link ReadFeedback} follows.
 *
 * @param access to the database
 * @param query that reads the rows
 * @param ranges of rows that are read together
 * @param place the table's name as configured, or {@code query}
 * @param watermark the extent of the feedback before the run
 * @param improvements the files of improvements; empty if none are configured
 * @param columns the columns' names as configured, in the order of {@link FeedbackRow#fields}
 * @param jsonAdvice see {@link FeedbackTable#jsonAdvice}
 */
public record FeedbackPlan(
    DatabaseAccess access,
    RowQuery query,
    List<RowRange> ranges,
    String place,
    Watermark watermark,
    List<InputFile> improvements,
    List<@Nullable String> columns,
    List<@Nullable String> jsonAdvice)
    implements Serializable {

  public FeedbackPlan {
    ranges = List.copyOf(ranges);
    improvements = List.copyOf(improvements);
    columns = new ArrayList<>(columns);
    jsonAdvice = new ArrayList<>(jsonAdvice);
  }

  /** Returns the rules by which the rows are judged. */
  FeedbackRecords records(DatasetConfig config) {
    return new FeedbackRecords(
        place,
        columns,
        config.systemInstruction(),
        config.rules().limits().recordBytes(),
        ContentHash.of(config.dataset()));
  }

  /** Returns a sentence for a failure while reading. */
  String sentence(SQLException e) {
    return DatabaseFaults.sentence(e, place, access.address(), access.username());
  }

  /**
   * Returns sentences on how to select the text in columns with JSON objects.
   *
   * @param structured a bit for each such field, see {@link FeedbackRow#structured}
   */
  List<String> jsonAdvice(int structured) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < jsonAdvice.size(); i++) {
      String sentence = jsonAdvice.get(i);
      if (sentence != null && (structured & 1 << i) != 0) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }
}
