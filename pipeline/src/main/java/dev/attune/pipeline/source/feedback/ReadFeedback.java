package dev.attune.pipeline.source.feedback;

import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.InputFile;
import dev.attune.pipeline.source.file.ReadSink;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.stage.ReadRecords;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads feedback and turns every row into an example or a rejected record. Rows that stood there at
 * launch are read once each; of rows that come while it reads, some may be read. Keeps no order. A
 * worker holds as many rows as the driver fetches at a time. Each tally is of one range of rows.
 * Where improvements are configured, every row goes into the join with its id and its hash, so that
 * the improvements without a row can be counted.
 *
 * <p>Fails with a {@link SourceLostException} when the database is lost.
 */
public final class ReadFeedback extends PTransform<PBegin, ReadRecords> {
  /** What a row counts where sizes of sources are added up (contract, section 2). */
  public static final long ROW_BYTES = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(ReadFeedback.class);
  private static final TupleTag<JoinSide> ROWS = new TupleTag<>() {};
  private static final TupleTag<String> NOTES = new TupleTag<>() {};

  private final FeedbackPlan plan;
  private final FeedbackRecords records;
  private final int recordBytes;

  private ReadFeedback(FeedbackPlan plan, FeedbackRecords records, int recordBytes) {
    this.plan = plan;
    this.records = records;
    this.recordBytes = recordBytes;
  }

  /** Reads what {@code plan} found, by the rules of {@code config}. */
  public static ReadFeedback of(FeedbackPlan plan, DatasetConfig config) {
    int recordBytes = config.rules().limits().recordBytes();
    FeedbackRecords records =
        new FeedbackRecords(
            plan.place(),
            plan.columns(),
            config.systemInstruction(),
            recordBytes,
            ContentHash.of(config.dataset()));
    return new ReadFeedback(plan, records, recordBytes);
  }

  /**
   * Reads all rows here and now, one range after the other, without a pipeline: what a worker does
   * with them.
   *
   * @throws IllegalArgumentException if there are improvements, whose join needs the pipeline
   */
  public void read(ReadSink sink) throws IOException {
    if (!plan.improvements().isEmpty()) {
      throw new IllegalArgumentException("improvements are joined in a pipeline only");
    }
    try (Connection connection = plan.access().open()) {
      for (RowRange range : plan.ranges()) {
        plan.query().read(connection, range, row -> hand(records.judge(row), sink));
      }
    } catch (SourceException e) {
      throw new IOException(e.getMessage(), e);
    } catch (SQLException e) {
      throw new IOException(plan.sentence(e), DatabaseFaults.withoutData(e));
    }
  }

  private static void hand(RowOutcome outcome, ReadSink sink) {
    if (outcome instanceof RowOutcome.Kept kept) {
      sink.example(kept.example());
    } else if (outcome instanceof RowOutcome.Rejected no) {
      sink.rejected(no.rejected());
    } else if (outcome instanceof RowOutcome.Waiting row) {
      sink.rejected(FeedbackRecords.notImproved(row, 0));
    } else {
      throw new AssertionError(outcome);
    }
  }

  @Override
  public ReadRecords expand(PBegin begin) {
    List<InputFile> files = plan.improvements();
    PCollectionTuple outputs =
        begin
            .apply(
                "PlanRanges",
                Create.of(plan.ranges()).withCoder(SerializableCoder.of(RowRange.class)))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "ReadRows",
                ParDo.of(new ReadRowsFn(plan, records, !files.isEmpty()))
                    .withOutputTags(
                        ReadRecords.EXAMPLES,
                        TupleTagList.of(ReadRecords.REJECTED)
                            .and(ReadRecords.TALLIES)
                            .and(ReadRecords.REFUSALS)
                            .and(NOTES)
                            .and(ROWS)));
    PCollection<JoinSide> rows = outputs.get(ROWS).setCoder(JoinSideCoder.of());
    ReadRecords read = ReadRecords.of(outputs);
    if (files.isEmpty()) {
      return read.with(outputs.get(NOTES), null);
    }
    ReadImprovements.ImprovementLines improvements =
        begin.apply("ReadImprovements", new ReadImprovements(files, recordBytes));
    JoinImprovements.ImprovedRows joined =
        Gather.flatten("FlattenSides", rows, improvements.improvements())
            .apply("JoinImprovements", JoinImprovements.of(plan.watermark().rows(), files));
    return new ReadRecords(
        Gather.flatten("FlattenExamples", read.examples(), joined.examples()),
        Gather.flatten("FlattenRejected", read.rejected(), joined.rejected()),
        read.tallies(),
        Gather.flatten(
            "FlattenRefusals", read.refusals(), joined.refusals(), improvements.refusals()),
        outputs.get(NOTES),
        joined.counts());
  }

  /**
   * From a range to what its rows become. Keeps one connection from the first range to the last.
   */
  private static final class ReadRowsFn extends DoFn<RowRange, Example> {
    private final FeedbackPlan plan;
    private final FeedbackRecords records;
    private final boolean improvements;
    private final Counter rows = Metrics.counter(ReadFeedback.class, "read");
    private final Counter kept = Metrics.counter(ReadFeedback.class, "kept");
    private final Counter waiting = Metrics.counter(ReadFeedback.class, "waiting");
    private transient @Nullable Connection connection;

    ReadRowsFn(FeedbackPlan plan, FeedbackRecords records, boolean improvements) {
      this.plan = plan;
      this.records = records;
      this.improvements = improvements;
    }

    @ProcessElement
    public void processElement(@Element RowRange range, MultiOutputReceiver out) {
      Tally[] tally = {Tally.none(SourceName.FEEDBACK.key())};
      int[] structured = {0};
      try {
        Connection open = connection;
        if (open == null) {
          open = plan.access().open();
          connection = open;
        }
        plan.query()
            .read(
                open,
                range,
                row -> {
                  RowOutcome outcome = records.judge(row);
                  tally[0] = tally[0].plus(outcome.fullId());
                  structured[0] |= row.structured();
                  WorkDone.add(Kind.RECORDS_READ, 1);
                  WorkDone.add(Kind.INPUT_BYTES, ROW_BYTES);
                  route(outcome, row, out);
                });
      } catch (SourceException e) {
        throw new SourceLostException(String.valueOf(e.getMessage()), e);
      } catch (SQLException e) {
        close();
        throw new SourceLostException(plan.sentence(e), DatabaseFaults.withoutData(e));
      }
      rows.inc(tally[0].count());
      out.get(ReadRecords.TALLIES).output(tally[0]);
      plan.jsonAdvice(structured[0]).forEach(out.get(NOTES)::output);
    }

    private void route(RowOutcome outcome, FeedbackRow row, MultiOutputReceiver out) {
      if (improvements) {
        RowOutcome.Waiting low = outcome instanceof RowOutcome.Waiting w ? w : null;
        out.get(ROWS).output(new JoinSide.Row(outcome.fullId(), row.basis(), low));
      }
      if (outcome instanceof RowOutcome.Kept example) {
        kept.inc();
        out.get(ReadRecords.EXAMPLES).output(example.example());
      } else if (outcome instanceof RowOutcome.Rejected no) {
        reject(no.rejected(), out);
      } else if (outcome instanceof RowOutcome.Waiting low) {
        if (improvements) {
          waiting.inc();
        } else {
          reject(FeedbackRecords.notImproved(low, 0), out);
        }
      } else {
        throw new AssertionError(outcome);
      }
    }

    private static void reject(RejectedRecord rejected, MultiOutputReceiver out) {
      Metrics.counter(ReadFeedback.class, "rejected_" + rejected.reason().name()).inc();
      out.get(ReadRecords.REJECTED).output(rejected);
    }

    // Beam calls it, and only if it is public.
    @Teardown
    @SuppressWarnings({"unused", "EffectivelyPrivate"})
    public void tearDown() {
      close();
    }

    /** One that is broken already needs no closing. */
    private void close() {
      Connection open = connection;
      connection = null;
      if (open != null) {
        try {
          open.close();
        } catch (SQLException e) {
          LOG.debug("The connection was closed already", e);
        }
      }
    }
  }
}
