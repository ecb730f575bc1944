package dev.attune.pipeline.source.feedback;

import dev.attune.config.CurationRules.Limits;
import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.connect.DatabaseFaults;
import dev.attune.pipeline.source.feedback.improvement.JoinImprovements;
import dev.attune.pipeline.source.feedback.improvement.JoinSide;
import dev.attune.pipeline.source.feedback.improvement.ReadImprovements;
import dev.attune.pipeline.source.feedback.row.FeedbackRecords;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.source.feedback.row.RowOutcome;
import dev.attune.pipeline.source.file.OutputSink;
import dev.attune.pipeline.source.file.ReadSink;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.stage.SourceOutput;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads feedback and turns every row into an example or a rejected record. Rows that exist before
 * the run are read once each; of rows inserted during the run, some may be read. Keeps no order. A
 * worker has as many rows in memory as the driver fetches at a time. Each tally is of one range of
 * rows. If improvements are configured, the id and hash of every row go into the join, so that the
 * improvements without a row are counted.
 *
 * <p>Fails with a {@link SourceLostException} if the connection to the database is lost.
 */
public final class ReadFeedback extends PTransform<PBegin, SourceOutput> {
  /** The size of a row in bytes, in estimates of the input size. */
  public static final long ROW_BYTES = 1_000;

  private static final TupleTag<JoinSide> ROWS = new TupleTag<>() {};
  private static final TupleTag<String> NOTES = new TupleTag<>() {};

  private final FeedbackPlan plan;
  private final FeedbackRecords records;
  private final Limits limits;

  private ReadFeedback(FeedbackPlan plan, FeedbackRecords records, Limits limits) {
    this.plan = plan;
    this.records = records;
    this.limits = limits;
  }

  /** Creates a step that follows a plan, by the rules of {@code config}. */
  public static ReadFeedback of(FeedbackPlan plan, DatasetConfig config) {
    return new ReadFeedback(plan, plan.records(config), config.rules().limits());
  }

  /**
   * Reads all rows without a pipeline, one range after the other, exactly as a worker does.
   *
   * @throws IllegalArgumentException if there are improvements, whose join needs a pipeline
   */
  public void read(ReadSink sink) throws IOException {
    if (!plan.improvements().isEmpty()) {
      throw new IllegalArgumentException("improvements are joined in a pipeline only");
    }
    try (Connection connection = plan.access().open()) {
      for (RowRange range : plan.ranges()) {
        plan.query().read(connection, range, row -> records.judge(row).routeTo(sink));
      }
    } catch (SourceException e) {
      throw new IOException(e.getMessage(), e);
    } catch (SQLException e) {
      throw new IOException(plan.sentence(e), DatabaseFaults.withoutData(e));
    }
  }

  @Override
  public SourceOutput expand(PBegin begin) {
    List<InputFile> files = plan.improvements();
    PCollectionTuple outputs =
        begin
            .apply("PlanRanges", Create.of(plan.ranges()).withCoder(RecordCoder.of(RowRange.class)))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "ReadRows",
                ParDo.of(new ReadRowsFn(plan, records, !files.isEmpty()))
                    .withOutputTags(
                        SourceOutput.EXAMPLES,
                        TupleTagList.of(SourceOutput.REJECTED)
                            .and(SourceOutput.TALLIES)
                            .and(SourceOutput.REFUSALS)
                            .and(NOTES)
                            .and(ROWS)));
    PCollection<JoinSide> rows = outputs.get(ROWS).setCoder(RecordCoder.of(JoinSide.class));
    SourceOutput read = SourceOutput.of(outputs);
    if (files.isEmpty()) {
      return read.with(outputs.get(NOTES), null);
    }
    ReadImprovements.ImprovementsRead improvements =
        begin.apply("ReadImprovements", new ReadImprovements(files, limits));
    JoinImprovements.ImprovedRows joined =
        Gather.flatten("FlattenSides", rows, improvements.improvements())
            .apply("JoinImprovements", JoinImprovements.of(plan.watermark().rows(), files));
    return new SourceOutput(
        Gather.flatten("FlattenExamples", read.examples(), joined.examples()),
        Gather.flatten("FlattenRejected", read.rejected(), joined.rejected()),
        read.tallies(),
        Gather.flatten(
            "FlattenRefusals", read.refusals(), joined.refusals(), improvements.refusals()),
        outputs.get(NOTES),
        joined.counts());
  }

  /** Reads the rows of ranges through one connection. */
  private static final class ReadRowsFn extends DoFn<RowRange, Example> {
    private final FeedbackPlan plan;
    private final FeedbackRecords records;
    private final RowConnection rows;
    private final boolean improvements;
    private final Counter waiting = Metrics.counter(ReadFeedback.class, "waiting");

    ReadRowsFn(FeedbackPlan plan, FeedbackRecords records, boolean improvements) {
      this.plan = plan;
      this.records = records;
      this.rows = new RowConnection(plan);
      this.improvements = improvements;
    }

    @ProcessElement
    public void processElement(@Element RowRange range, MultiOutputReceiver out) {
      var sink = new OutputSink(ReadFeedback.class, Tally.none(SourceName.FEEDBACK.key()), out);
      int[] structured = {0};
      rows.read(
          range,
          row -> {
            structured[0] |= row.structured();
            route(records.judge(row), row, sink, out);
          });
      out.get(SourceOutput.TALLIES).output(sink.tally());
      plan.jsonAdvice(structured[0]).forEach(out.get(NOTES)::output);
    }

    private void route(
        RowOutcome outcome, FeedbackRow row, OutputSink sink, MultiOutputReceiver out) {
      if (!improvements) {
        outcome.routeTo(sink);
        return;
      }
      RowOutcome.Waiting waitingRow = outcome instanceof RowOutcome.Waiting found ? found : null;
      out.get(ROWS).output(new JoinSide.Row(outcome.fullId(), row.basis(), waitingRow));
      if (waitingRow == null) {
        outcome.routeTo(sink);
      } else {
        waiting.inc();
        sink.count(outcome.fullId());
      }
    }

    // Beam calls it only if it is public.
    @Teardown
    @SuppressWarnings({"unused", "EffectivelyPrivate"})
    public void tearDown() {
      rows.close();
    }
  }
}
