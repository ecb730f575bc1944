package dev.attune.runner.pardo;

import dev.attune.runner.step.Attempt;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.StepInstances;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.transforms.DoFn.ProcessContinuation;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.SplitResult;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * A splittable DoFn. Gets each input with a restriction of it. What the DoFn leaves when it asks to
 * be resumed is processed in the next bundle, after the delay that it asked for; until then it is
 * held in the heap.
 */
final class SplittableParDoInstance extends ParDoInstance {
  private List<SplittableElement> left = new ArrayList<>();

  SplittableParDoInstance(
      ParDoStep step, StepInstances stage, Map<TupleTag<?>, ElementReceiver> outputs) {
    super(step, stage, outputs);
  }

  @Override
  void process(WindowedValue<?> element) {
    if (element.getValue() instanceof SplittableElement resumed) {
      process(resumed);
      return;
    }
    KV<?, ?> keyed = (KV<?, ?>) element.getValue();
    KV<?, ?> restricted = (KV<?, ?>) keyed.getValue();
    for (WindowedValue<?> single : element.explodeWindows()) {
      WindowedValue<Object> input = single.withValue(restricted.getKey());
      SplittableElement initial = new SplittableElement(input, restricted.getValue(), null, 0);
      Object state =
          invoker().invokeGetInitialWatermarkEstimatorState(new SplittableArguments(this, initial));
      process(new SplittableElement(input, restricted.getValue(), state, 0));
    }
  }

  private void process(SplittableElement element) {
    DoFnInvoker<Object, Object> invoker = invoker();
    SplittableArguments arguments = new SplittableArguments(this, element);
    RestrictionTracker<Object, Object> tracker = invoker.invokeNewTracker(arguments);
    arguments.setTracker(tracker);
    WatermarkEstimator<Object> estimator = invoker.invokeNewWatermarkEstimator(arguments);
    arguments.setEstimator(estimator);
    ProcessContinuation continuation = invoker.invokeProcessElement(arguments);
    if (continuation.shouldResume()) {
      Object state = estimator.getState();
      SplitResult<Object> split = tracker.trySplit(0);
      if (split != null) {
        long delay = TimeUnit.MILLISECONDS.toNanos(continuation.resumeDelay().getMillis());
        left.add(
            new SplittableElement(
                element.input(), split.getResidual(), state, System.nanoTime() + delay));
      }
    }
    tracker.checkDone();
  }

  @Override
  public boolean resume() {
    List<SplittableElement> resumed = left;
    left = new ArrayList<>();
    for (SplittableElement element : resumed) {
      awaitStart(element);
      stage.run().stop().check();
      accept(element.input().withValue(element));
    }
    return !resumed.isEmpty();
  }

  /** The end of the run interrupts the waiting thread. */
  private static void awaitStart(SplittableElement element) {
    long delay = element.startAt() - System.nanoTime();
    if (delay > 0) {
      Attempt.unchecked(
          () -> {
            TimeUnit.NANOSECONDS.sleep(delay);
            return element;
          });
    }
  }
}
