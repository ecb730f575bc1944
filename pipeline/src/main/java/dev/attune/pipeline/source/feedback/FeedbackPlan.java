package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.InputFile;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link FeedbackDatabase#inspect} found out, and {@link ReadFeedback} reads by. */
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

  /** How far the feedback had come at launch. */
  public Watermark watermark() {
    return watermark;
  }

  /** The table's name as configured, or {@code query}. */
  public String place() {
    return place;
  }

  DatabaseAccess access() {
    return access;
  }

  /** Says why reading failed. */
  String sentence(SQLException e) {
    return DatabaseFaults.sentence(e, place, access.address(), access.username());
  }

  RowQuery query() {
    return query;
  }

  List<RowRange> ranges() {
    return ranges;
  }

  /** The columns' names as configured, in the order of {@link FeedbackRow#fields}. */
  List<@Nullable String> columns() {
    return columns;
  }

  /**
   * Says what to do about JSON objects.
   *
   * @param structured a bit for each field that holds some, see {@link FeedbackRow#structured}
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

  /** The files of improvements; empty where none are configured. */
  public List<InputFile> improvements() {
    return improvements;
  }
}
