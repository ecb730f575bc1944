package dev.attune.pipeline;

import dev.attune.pipeline.read.ReadOutput;
import dev.attune.pipeline.read.feedback.SourceLostException;
import dev.attune.pipeline.write.Outcome;
import dev.attune.pipeline.write.Publication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;

/** One call of prepare, from what can be refused at once to the outcome. */
final class PipelineRun {
  private static final Pattern RUN_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  // A try; and the hashes of so many records are held.
  private static final long MAXIMUM_LIMIT = 1_000_000;
  private static final String READ_STAGE = ReadOutput.class.getPackageName();

  // Beam asks for Joda-Time, whose other ways to say half a second the checkers refuse.
  private static final Duration POLL = Duration.parse("PT0.5S");

  private final PrepareRequest request;
  private final PipelineOptions options;

  private PipelineRun(PrepareRequest request, PipelineOptions options) {
    this.request = request;
    this.options = options;
  }

  static PipelineRun of(PrepareRequest request) throws PrepareRefusedException {
    String runId = request.runId();
    if (runId != null && !RUN_ID.matcher(runId).matches()) {
      throw new PrepareRefusedException(
          "The run id must match " + RUN_ID + ": choose another --run-id.");
    }
    Long limit = request.limit();
    if (limit != null && (limit < 1 || limit > MAXIMUM_LIMIT)) {
      throw new PrepareRefusedException(
          "--limit takes 1 to " + MAXIMUM_LIMIT + " records of each source; leave it out for all.");
    }
    return new PipelineRun(request, RunnerOptions.of(request.beamOptions()));
  }

  PrepareResult run(LongConsumer progress) throws PrepareRefusedException {
    FileSystems.setDefaultPipelineOptions(options);
    Preparation prepared = Preparation.of(request);
    Path datasets =
        request
            .config()
            .resolve(request.config().dataset().output().directory())
            .resolve(request.config().dataset().dataset());
    try (RunFolder folder = RunFolder.open(datasets, prepared.runId())) {
      StandingDataset.requireReadable(folder.target());
      Publication publication = prepared.publication(folder);
      Pipeline pipeline = Pipeline.create(options);
      PrepareDataset.build(pipeline, prepared, publication);
      await(pipeline, progress);
      return result(Outcome.read(publication.temporary()), folder.target());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Pipeline pipeline, LongConsumer progress)
      throws PrepareRefusedException {
    try {
      PipelineResult result = pipeline.run();
      PipelineResult.State state = result.waitUntilFinish(POLL);
      while (state == null || !state.isTerminal()) {
        progress.accept(recordsRead(result));
        state = result.waitUntilFinish(POLL);
      }
      progress.accept(recordsRead(result));
      if (state != PipelineResult.State.DONE) {
        throw new IllegalStateException("the pipeline ended in state " + state);
      }
    } catch (Pipeline.PipelineExecutionException e) {
      var lost = SourceLostException.sentenceIn(e);
      if (lost.isPresent()) {
        throw new PrepareRefusedException(lost.orElseThrow(), e);
      }
      throw e;
    }
  }

  private static long recordsRead(PipelineResult result) {
    MetricQueryResults metrics = result.metrics().queryMetrics(MetricsFilter.builder().build());
    long read = 0;
    for (MetricResult<Long> counter : metrics.getCounters()) {
      boolean ofReading = counter.getName().getNamespace().startsWith(READ_STAGE);
      if (ofReading && counter.getName().getName().equals("read")) {
        read += counter.getAttempted();
      }
    }
    return read;
  }

  private static PrepareResult result(Outcome outcome, Path target) throws PrepareRefusedException {
    if (outcome.kind() == Outcome.Kind.REFUSED || outcome.report() == null) {
      throw new PrepareRefusedException(String.valueOf(outcome.sentence()), outcome.report());
    }
    return new PrepareResult(target, outcome.kind() == Outcome.Kind.UNCHANGED, outcome.report());
  }
}
