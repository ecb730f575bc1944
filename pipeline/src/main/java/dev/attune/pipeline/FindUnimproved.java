package dev.attune.pipeline;

import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.prepare.ImproveRequest;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.redact.RedactUnimproved;
import dev.attune.pipeline.run.SelectionRun;
import dev.attune.pipeline.selection.RowsFound;
import dev.attune.pipeline.selection.SelectRows;
import dev.attune.pipeline.selection.SelectedRows;
import dev.attune.pipeline.selection.SelectionFolder;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.feedback.ReadUnimproved;
import dev.attune.pipeline.source.feedback.improvement.LeaveOutImproved.RowsLeft;
import org.apache.beam.sdk.Pipeline;

/** Builds and runs the pipeline that finds low-rated rows of feedback without an improvement. */
public final class FindUnimproved {
  private FindUnimproved() {}

  /**
   * Runs the pipeline on this machine and waits for it.
   *
   * @param progress receives the progress twice a second
   * @return the rows, redacted as {@link PrepareDataset} redacts records
   * @throws PrepareRefusedException if a source cannot be read, or a line is no improvement
   */
  public static SelectedRows run(ImproveRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    return SelectionRun.of(
            request, (pipeline, plan, folder) -> build(pipeline, plan, folder, request))
        .run(progress);
  }

  static void build(
      Pipeline pipeline, FeedbackPlan plan, SelectionFolder folder, ImproveRequest request) {
    DatasetConfig config = request.config().dataset();
    RowsLeft read =
        pipeline.apply("Read", ReadUnimproved.of(plan, config).without(request.leftOut()));
    new RowsFound(
            read.rows().apply("Redact", RedactUnimproved.of(config.rules().redact())),
            read.refusals())
        .apply("Select", SelectRows.first(request.limit(), folder));
  }
}
