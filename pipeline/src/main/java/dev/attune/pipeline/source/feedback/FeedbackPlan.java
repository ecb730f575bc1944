package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.connect.DatabaseAccess;
import dev.attune.pipeline.source.feedback.connect.DatabaseFaults;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.source.file.storage.InputFile;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plan that {@link FeedbackDatabase#inspect} makes and {@link ReadFeedback} follows. */
public final class FeedbackPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DatabaseAccess access;
  private final RowQuery query;
  private final List<RowRange> ranges;
  private final String place;
  private final Watermark watermark;
  private final List<InputFile> improvements;
  private final List<@Nullable String> columns;
  private final List<@Nullable String> jsonAdvice;

  FeedbackPlan(
      DatabaseAccess access,
      FeedbackTable table,
      List<RowRange> ranges,
      String place,
      Watermark watermark,
      List<InputFile> improvements)
      throws SourceException {
    this.access = access;
    this.query = table.rowQuery();
    this.columns = new ArrayList<>(table.names());
    this.jsonAdvice = new ArrayList<>(table.jsonAdvice());
    this.ranges = List.copyOf(ranges);
    this.place = place;
    this.watermark = watermark;
    this.improvements = List.copyOf(improvements);
  }

  /** Returns the extent of the feedback before the run. */
  public Watermark watermark() {
    return watermark;
  }

  /** Returns the table's name as configured, or {@code query}. */
  public String place() {
    return place;
  }

  DatabaseAccess access() {
    return access;
  }

  /** Returns a sentence for a failure while reading. */
  String sentence(SQLException e) {
    return DatabaseFaults.sentence(e, place, access.address(), access.username());
  }

  RowQuery query() {
    return query;
  }

  List<RowRange> ranges() {
    return ranges;
  }

  /** Returns the columns' names as configured, in the order of {@link FeedbackRow#fields}. */
  List<@Nullable String> columns() {
    return columns;
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

  /** Returns the files of improvements; empty if none are configured. */
  public List<InputFile> improvements() {
    return improvements;
  }
}
