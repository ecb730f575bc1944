package dev.attune.pipeline.read.feedback;

import dev.attune.pipeline.read.file.InputFile;
import java.io.Serializable;
import java.util.List;

/** What {@link FeedbackDatabase#inspect} found out, and {@link ReadFeedback} reads by. */
public final class FeedbackPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DatabaseAccess access;
  private final RowQuery query;
  private final List<RowRange> ranges;
  private final String place;
  private final Watermark watermark;
  private final List<InputFile> improvements;

  FeedbackPlan(
      DatabaseAccess access,
      RowQuery query,
      List<RowRange> ranges,
      String place,
      Watermark watermark,
      List<InputFile> improvements) {
    this.access = access;
    this.query = query;
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

  RowQuery query() {
    return query;
  }

  List<RowRange> ranges() {
    return ranges;
  }

  /** The files of improvements; empty where none are configured. */
  public List<InputFile> improvements() {
    return improvements;
  }
}
