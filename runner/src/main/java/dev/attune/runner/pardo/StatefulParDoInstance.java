package dev.attune.runner.pardo;

import dev.attune.runner.group.KeyedElements;
import dev.attune.runner.step.Attempt;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.StepInstances;
import java.util.Map;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.DoFnRunners;
import org.apache.beam.runners.core.InMemoryStateInternals;
import org.apache.beam.runners.core.InMemoryTimerInternals;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespaces.WindowNamespace;
import org.apache.beam.runners.core.StatefulDoFnRunner.StateCleaner;
import org.apache.beam.runners.core.StatefulDoFnRunner.StateInternalsStateCleaner;
import org.apache.beam.runners.core.StatefulDoFnRunner.TimeInternalsCleanupTimer;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A DoFn with state or timers. Gets the elements of one key after the other. After the elements of
 * a key the watermark goes to the end of time, which fires the event-time timers in their order,
 * and the key's state is dropped.
 */
final class StatefulParDoInstance extends ParDoInstance {
  private InMemoryStateInternals<Object> state = InMemoryStateInternals.forKey("");
  private InMemoryTimerInternals timers = new InMemoryTimerInternals();

  StatefulParDoInstance(
      ParDoStep step, StepInstances stage, Map<TupleTag<?>, ElementReceiver> outputs) {
    super(step, stage, outputs);
  }

  /** Beam's runner for state binds to the internals of a key, so there is one for each key. */
  private DoFnRunner<Object, Object> keyRunner() {
    WindowingStrategy<?, ?> windowing = step.input().getWindowingStrategy();
    return DoFnRunners.defaultStatefulDoFnRunner(
        fn(),
        coder(),
        runner(),
        this,
        windowing,
        new TimeInternalsCleanupTimer<>(timers, windowing),
        cleaner(fn(), windowing),
        true);
  }

  @SuppressWarnings("unchecked")
  private Coder<Object> coder() {
    return (Coder<Object>) step.input().getCoder();
  }

  @SuppressWarnings("unchecked")
  private StateCleaner<BoundedWindow> cleaner(
      DoFn<Object, Object> fn, WindowingStrategy<?, ?> windowing) {
    return new StateInternalsStateCleaner<>(
        fn, state, (Coder<BoundedWindow>) windowing.getWindowFn().windowCoder());
  }

  @Override
  void process(WindowedValue<?> element) {
    KeyedElements group = (KeyedElements) element.getValue();
    state = InMemoryStateInternals.forKey(group.key());
    timers = new InMemoryTimerInternals();
    DoFnRunner<Object, Object> runner = keyRunner();
    for (WindowedValue<KV<Object, Object>> single : group.elements()) {
      stage.run().stop().check();
      runner.processElement(asObject(single));
    }
    Attempt.unchecked(
        () -> {
          fire(runner, group.key());
          return runner;
        });
  }

  @SuppressWarnings("unchecked")
  private static WindowedValue<Object> asObject(WindowedValue<?> element) {
    return (WindowedValue<Object>) element;
  }

  /**
   * Fires the timers in the order of their time, so that a timer set by a timer fires in its place:
   * first event time, up to the end of time, then processing time, as if the run had waited.
   */
  private void fire(DoFnRunner<Object, Object> runner, Object key) throws Exception {
    TimerData timer = nextTimer();
    while (timer != null) {
      stage.run().stop().check();
      runner.onTimer(
          timer.getTimerId(),
          timer.getTimerFamilyId(),
          key,
          ((WindowNamespace<?>) timer.getNamespace()).getWindow(),
          timer.getTimestamp(),
          timer.getOutputTimestamp(),
          timer.getDomain());
      timer = nextTimer();
    }
  }

  /** A timer is eligible when the watermark, or the time, is after it. */
  private @Nullable TimerData nextTimer() throws Exception {
    Instant processing = timers.getNextTimer(TimeDomain.PROCESSING_TIME);
    Instant event = timers.getNextTimer(TimeDomain.EVENT_TIME);
    if (processing != null && (event == null || !isWithinData(event))) {
      Instant after = justAfter(processing);
      if (after.isAfter(timers.currentProcessingTime())) {
        timers.advanceProcessingTime(after);
      }
      return timers.removeNextProcessingTimer();
    }
    if (event != null) {
      Instant after = justAfter(event);
      if (after.isAfter(timers.currentInputWatermarkTime())) {
        timers.advanceInputWatermark(after);
      }
      return timers.removeNextEventTimer();
    }
    return null;
  }

  private static Instant justAfter(Instant time) {
    return Instant.ofEpochMilli(time.getMillis() + 1);
  }

  /** Whether an event-time timer precedes the end of the global window, which drops the state. */
  private static boolean isWithinData(Instant event) {
    return event.isBefore(GlobalWindow.INSTANCE.maxTimestamp());
  }

  @Override
  public StateInternals stateInternals() {
    return state;
  }

  @Override
  public TimerInternals timerInternals() {
    return timers;
  }
}
