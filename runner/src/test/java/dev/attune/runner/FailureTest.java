package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.runner.step.StepInstances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.util.UserCodeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureTest {
  private static final AtomicInteger SET_UP = new AtomicInteger();
  private static final AtomicInteger TORN_DOWN = new AtomicInteger();
  private static final AtomicInteger FINISHED = new AtomicInteger();
  private static volatile CountDownLatch running = new CountDownLatch(1);
  private static volatile CompletableFuture<PipelineResult> own = new CompletableFuture<>();

  @TempDir Path folder;

  @BeforeEach
  void reset() {
    SET_UP.set(0);
    TORN_DOWN.set(0);
    FINISHED.set(0);
    running = new CountDownLatch(1);
  }

  /** Counts the calls of its methods, and fails or waits at an element. */
  static final class CountingFn extends DoFn<Long, Long> {
    private final long failAt;
    private final boolean wait;
    private final Counter seen = Metrics.counter("test", "seen");

    CountingFn(long failAt, boolean wait) {
      this.failAt = failAt;
      this.wait = wait;
    }

    @Setup
    public void setUp() {
      SET_UP.incrementAndGet();
    }

    @ProcessElement
    public void processElement(@Element Long element, OutputReceiver<Long> out) throws Exception {
      seen.inc();
      if (element == failAt) {
        throw new IOException("at " + element);
      }
      if (wait) {
        running.countDown();
        Thread.sleep(Duration.ofMinutes(5).toMillis());
      }
      out.output(element);
    }

    @FinishBundle
    public void finishBundle() {
      FINISHED.incrementAndGet();
    }

    @Teardown
    public void tearDown() {
      TORN_DOWN.incrementAndGet();
    }
  }

  @Test
  void failsWithTheUsersExceptionAndTearsDown() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    pipeline.apply(GenerateSequence.from(0).to(100)).apply(ParDo.of(new CountingFn(50, false)));
    assertThatThrownBy(pipeline::run)
        .isInstanceOf(PipelineExecutionException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("at 50");
    assertThat(SET_UP.get()).isPositive();
    assertThat(TORN_DOWN.get()).isEqualTo(SET_UP.get());
  }

  /** A DoFn that fails at its first element and again when it is torn down. */
  static final class FailTwiceFn extends DoFn<Long, Long> {
    private boolean failed;

    @ProcessElement
    public void processElement(@Element Long element) {
      failed = true;
      if (element == 1) {
        throw new IllegalStateException("first");
      }
    }

    @Teardown
    public void tearDown() {
      if (failed) {
        throw new IllegalStateException("second");
      }
    }
  }

  /** A log handler that cannot log. */
  private static final class BrokenHandler extends Handler {
    @Override
    public void publish(LogRecord record) {
      throw new OutOfMemoryError("no memory for a log line");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void endsWithTheFirstFailureWhenCleaningUpFails() {
    Logger logger = Logger.getLogger(StepInstances.class.getName());
    Handler broken = new BrokenHandler();
    logger.addHandler(broken);
    try {
      Pipeline pipeline = LocalPipelines.create(options -> options.setLocalBlocking(false));
      pipeline.apply(Create.of(1L)).apply(ParDo.of(new FailTwiceFn()));
      PipelineResult result = pipeline.run();
      assertThatThrownBy(() -> result.waitUntilFinish(org.joda.time.Duration.standardSeconds(20)))
          .isInstanceOf(PipelineExecutionException.class)
          .hasRootCauseMessage("first");
      assertThat(result.getState()).isEqualTo(PipelineResult.State.FAILED);
    } finally {
      logger.removeHandler(broken);
    }
  }

  @Test
  void namesTheOptionWhenTemporaryFilesCannotBeCreated() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Pipeline pipeline =
        LocalPipelines.create(
            options -> {
              options.setLocalMemory(0);
              options.setLocalTempFolder(file.toString());
            });
    pipeline
        .apply(GenerateSequence.from(0).to(100_000))
        .apply(Reshuffle.viaRandomKey())
        .apply(ParDo.of(new CountingFn(-1, false)));
    assertThatThrownBy(pipeline::run)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--localTempFolder");
  }

  @Test
  void doesNotCommitAFailedBundle() {
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalBlocking(false));
    LocalPipelines.collect(
        pipeline
            .apply(Create.of(1L))
            .apply(ParDo.of(new CountingFn(1, false)))
            .apply(WithKeys.of("key"))
            .apply(GroupByKey.create()),
        "half committed");
    PipelineResult result = pipeline.run();
    assertThatThrownBy(result::waitUntilFinish).isInstanceOf(PipelineExecutionException.class);
    assertThat(result.getState()).isEqualTo(PipelineResult.State.FAILED);
    assertThat(LocalPipelines.collected("half committed")).isEmpty();
    MetricResult<Long> counter =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named("test", "seen"))
                    .build())
            .getCounters()
            .iterator()
            .next();
    assertThat(counter.getAttempted()).isEqualTo(1);
    assertThat(counter.getCommittedOrNull()).isNull();
  }

  @Test
  void doesNotLetADoFnHideTheFailureOfALaterStep() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    pipeline
        .apply(GenerateSequence.from(0).to(10))
        .apply("Hide", ParDo.of(new HidingFn()))
        .apply(ParDo.of(new CountingFn(5, false)));
    assertThatThrownBy(pipeline::run).hasRootCauseMessage("at 5");
  }

  /** Catches what its output throws, which includes the failures of fused steps. */
  private static final class HidingFn extends DoFn<Long, Long> {
    @ProcessElement
    public void processElement(@Element Long element, OutputReceiver<Long> out) {
      try {
        out.output(element);
      } catch (UserCodeException hidden) {
        return;
      }
    }
  }

  @Test
  void tearsDownEachCopyOnceAndFinishesEachBundle() {
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalParallelism(2));
    pipeline
        .apply(GenerateSequence.from(0).to(1000))
        .apply(Reshuffle.viaRandomKey())
        .apply(ParDo.of(new CountingFn(-1, false)));
    pipeline.run();
    assertThat(SET_UP.get()).isBetween(1, 2);
    assertThat(TORN_DOWN.get()).isEqualTo(SET_UP.get());
    assertThat(FINISHED.get()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void cancelStopsThreadsAndDeletesFiles() throws InterruptedException, IOException {
    PipelineResult result = waiting().run();
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(result.getState()).isEqualTo(PipelineResult.State.RUNNING);
    assertThat(result.cancel().isTerminal()).isTrue();
    assertThat(result.getState()).isNotEqualTo(PipelineResult.State.DONE);
    assertEnded();
  }

  @Test
  void aDoFnCancelsItsRunAtOnceAndCannotWaitForIt() {
    own = new CompletableFuture<>();
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalBlocking(false));
    pipeline
        .apply(GenerateSequence.from(0).to(1000))
        .apply(ParDo.of(new CancellingFn()))
        .apply(ParDo.of(new CountingFn(-1, false)));
    PipelineResult result = pipeline.run();
    own.complete(result);
    PipelineResult.State state = result.waitUntilFinish(org.joda.time.Duration.standardSeconds(15));
    assertThat(state).isEqualTo(PipelineResult.State.CANCELLED);
    assertThat(FINISHED.get()).isZero();
  }

  /** Cancels the run at the first element, and passes it on if it could not wait for the end. */
  private static final class CancellingFn extends DoFn<Long, Long> {
    @ProcessElement
    public void processElement(@Element Long element, OutputReceiver<Long> out) throws IOException {
      PipelineResult result = own.join();
      assertThatThrownBy(result::waitUntilFinish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("waitUntilFinish was called by a DoFn");
      result.cancel();
      out.output(element);
    }
  }

  @Test
  void interruptOfTheWaitingThreadEndsTheRun() throws InterruptedException {
    Pipeline pipeline = waiting();
    pipeline.getOptions().as(LocalOptions.class).setLocalBlocking(true);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiter = new Thread(pipeline::run);
    waiter.setUncaughtExceptionHandler((thread, exception) -> thrown.set(exception));
    waiter.start();
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    waiter.interrupt();
    waiter.join(10_000);
    assertThat(waiter.isAlive()).isFalse();
    assertThat(thrown.get()).hasMessage("The thread that waited for the pipeline was interrupted.");
    assertEnded();
  }

  private Pipeline waiting() {
    Pipeline pipeline =
        LocalPipelines.create(
            options -> {
              options.setLocalBlocking(false);
              options.setLocalMemory(0);
              options.setLocalTempFolder(folder.toString());
            });
    pipeline
        .apply(GenerateSequence.from(0).to(1000))
        .apply(Reshuffle.viaRandomKey())
        .apply(ParDo.of(new CountingFn(-1, true)));
    return pipeline;
  }

  private void assertEnded() {
    assertThat(folder).isEmptyDirectory();
    assertThat(TORN_DOWN.get()).isEqualTo(SET_UP.get());
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("local-runner-"))
        .allSatisfy(thread -> assertThat(joined(thread)).isTrue());
  }

  private static boolean joined(Thread thread) {
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return !thread.isAlive();
  }
}
