package dev.attune.pipeline.source.feedback;

import dev.attune.config.CurationRules.Limits;
import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.feedback.improvement.JoinSide;
import dev.attune.pipeline.source.feedback.improvement.LeaveOutImproved;
import dev.attune.pipeline.source.feedback.improvement.ReadImprovements;
import dev.attune.pipeline.source.feedback.row.FeedbackRecords;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.source.feedback.row.RowOutcome;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.stage.RowVersion;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of feedback that {@link ReadFeedback} rejects because they have no improvement:
 * rated 1 or 2 with a comment, without another fault, and no improvement is for this version of the
 * row. Of rows with equal fields one is read. Other rows are read and dropped; nothing is counted.
 *
 * <p>Output: the rows as the database has them, not redacted, in no order; and the refusals of
 * improvements. Only low-rated rows with a comment go into the join.
 *
 * <p>Fails with a {@link SourceLostException} if the connection to the database is lost.
 */
public final class ReadUnimproved extends PTransform<PBegin, LeaveOutImproved.RowsLeft> {
  private final FeedbackPlan plan;
  private final FeedbackRecords records;
  private final Limits limits;
  private final List<RowVersion> leftOut;

  private ReadUnimproved(
      FeedbackPlan plan, FeedbackRecords records, Limits limits, List<RowVersion> leftOut) {
    this.plan = plan;
    this.records = records;
    this.limits = limits;
    this.leftOut = List.copyOf(leftOut);
  }

  /** Creates a step that follows a plan, by the rules of {@code config}. */
  public static ReadUnimproved of(FeedbackPlan plan, DatasetConfig config) {
    return new ReadUnimproved(plan, plan.records(config), config.rules().limits(), List.of());
  }

  /** Returns a step that leaves some versions of rows out. */
  public ReadUnimproved without(List<RowVersion> versions) {
    return new ReadUnimproved(plan, records, limits, versions);
  }

  @Override
  public LeaveOutImproved.RowsLeft expand(PBegin begin) {
    List<InputFile> files = plan.improvements();
    PCollection<JoinSide> rows =
        begin
            .apply("PlanRanges", Create.of(plan.ranges()).withCoder(RecordCoder.of(RowRange.class)))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply("ReadLowRated", ParDo.of(new ReadLowRatedFn(plan, records)))
            .setCoder(RecordCoder.of(JoinSide.class));
    ReadImprovements.@Nullable ImprovementsRead improvements =
        files.isEmpty()
            ? null
            : begin.apply("ReadImprovements", new ReadImprovements(files, limits));
    LeaveOutImproved.RowsLeft left =
        Gather.flatten(
                "FlattenSides",
                rows,
                improvements == null ? null : improvements.improvements(),
                leftOut.isEmpty() ? null : begin.apply("ListLeftOut", leftOut()))
            .apply("LeaveOutImproved", LeaveOutImproved.of(plan.watermark().rows(), files));
    return improvements == null
        ? left
        : new LeaveOutImproved.RowsLeft(
            left.rows(),
            Gather.flatten("FlattenRefusals", left.refusals(), improvements.refusals()));
  }

  private Create.Values<JoinSide> leftOut() {
    List<JoinSide> sides = new ArrayList<>();
    for (RowVersion version : leftOut) {
      sides.add(new JoinSide.LeftOut(SourceName.FEEDBACK.fullId(version.id()), version.basis()));
    }
    return Create.of(sides).withCoder(RecordCoder.of(JoinSide.class));
  }

  /** Reads the low-rated rows with a comment of ranges through one connection. */
  private static final class ReadLowRatedFn extends DoFn<RowRange, JoinSide> {
    private final FeedbackRecords records;
    private final RowConnection rows;

    ReadLowRatedFn(FeedbackPlan plan, FeedbackRecords records) {
      this.records = records;
      this.rows = new RowConnection(plan);
    }

    @ProcessElement
    public void processElement(@Element RowRange range, OutputReceiver<JoinSide> out) {
      rows.read(
          range,
          row -> {
            WorkDone.add(Kind.RECORDS_READ, 1);
            RowOutcome outcome = records.judge(row);
            if (outcome instanceof RowOutcome.Waiting) {
              out.output(new JoinSide.LowRated(outcome.fullId(), unimproved(row)));
            }
          });
    }

    /** Returns the row; {@link FeedbackRecords#judge} has found these fields present. */
    private static UnimprovedRow unimproved(FeedbackRow row) {
      return new UnimprovedRow(
          Objects.requireNonNull(row.id()),
          row.basis(),
          Objects.requireNonNull(row.prompt()),
          Objects.requireNonNull(row.response()),
          Objects.requireNonNull(row.comment()));
    }

    // Beam calls it only if it is public.
    @Teardown
    @SuppressWarnings({"unused", "EffectivelyPrivate"})
    public void tearDown() {
      rows.close();
    }
  }
}
