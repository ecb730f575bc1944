package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BoundedPerElement;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplittableFnTest {
  private static final int STEPS = 5;
  private static final AtomicInteger FINALIZED = new AtomicInteger();
  private static final AtomicInteger BUNDLES = new AtomicInteger();

  @BeforeEach
  void reset() {
    FINALIZED.set(0);
    BUNDLES.set(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void resumesInANewBundleAfterTheCallbacksOfTheLastOne(int threads) {
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalParallelism(threads));
    PCollectionView<List<String>> view =
        pipeline.apply("Endings", Create.of("!")).apply(View.asList());
    LocalPipelines.collect(
        pipeline
            .apply(Create.of("a", "b", "c"))
            .apply("Spell", ParDo.of(new SpellFn(view)).withSideInputs(view)),
        "spelled");
    pipeline.run();
    assertThat(LocalPipelines.collected("spelled"))
        .containsExactly(
            "a0!", "a1!", "a2!", "a3!", "a4!", "b0!", "b1!", "b2!", "b3!", "b4!", "c0!", "c1!",
            "c2!", "c3!", "c4!");
    assertThat(FINALIZED.get()).isEqualTo(3 * STEPS);
    assertThat(BUNDLES.get()).isBetween(STEPS, 3 * STEPS);
  }

  /** Processes one position at a time, and fails if earlier positions were not finalized. */
  @BoundedPerElement
  static final class SpellFn extends DoFn<String, String> {
    private final PCollectionView<List<String>> view;
    private int pending;

    SpellFn(PCollectionView<List<String>> view) {
      this.view = view;
    }

    @GetInitialRestriction
    public OffsetRange range() {
      return new OffsetRange(0, STEPS);
    }

    @FinishBundle
    public void finishBundle() {
      BUNDLES.incrementAndGet();
    }

    @StartBundle
    public void startBundle() {
      assertThat(pending).isZero();
    }

    @ProcessElement
    public ProcessContinuation processElement(
        ProcessContext context,
        BoundedWindow window,
        RestrictionTracker<OffsetRange, Long> tracker,
        BundleFinalizer finalizer) {
      assertThat(window).isEqualTo(GlobalWindow.INSTANCE);
      long position = tracker.currentRestriction().getFrom();
      if (!tracker.tryClaim(position)) {
        return ProcessContinuation.stop();
      }
      pending++;
      finalizer.afterBundleCommit(
          BoundedWindow.TIMESTAMP_MAX_VALUE,
          () -> {
            pending--;
            FINALIZED.incrementAndGet();
          });
      context.output(context.element() + position + context.sideInput(view).get(0));
      return ProcessContinuation.resume().withResumeDelay(Duration.parse("PT0.001S"));
    }
  }

  @Test
  void failsWhenTheFnLeavesAPartOfTheRestriction() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    pipeline.apply(Create.of("a")).apply("Forget", ParDo.of(new ForgetfulFn()));
    assertThatThrownBy(pipeline::run)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("[0, 5)");
  }

  @BoundedPerElement
  static final class ForgetfulFn extends DoFn<String, String> {
    @GetInitialRestriction
    public OffsetRange range() {
      return new OffsetRange(0, STEPS);
    }

    @ProcessElement
    public void processElement(RestrictionTracker<OffsetRange, Long> tracker) {
      tracker.tryClaim(0L);
    }
  }
}
