package dev.attune.runner.pardo;

import dev.attune.runner.step.Attempt;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.StepInstance;
import dev.attune.runner.step.StepInstances;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.MetricsEnvironment.MetricsEnvironmentState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A copy of a DoFn that one thread uses. It is set up when the first element comes. */
class ParDoInstance extends StepInstance implements WindowedValueMultiReceiver, StepContext {
  private static final Logger LOG = LoggerFactory.getLogger(ParDoInstance.class);

  final ParDoStep step;
  final StepInstances stage;
  private final TupleTag<?> mainTag;
  private final @Nullable ElementReceiver mainOutput;
  private final Map<TupleTag<?>, ElementReceiver> outputs;
  private final MetricsContainerImpl metrics;
  private final InMemoryBundleFinalizer finalizer = new InMemoryBundleFinalizer();
  private final DoFn<Object, Object> fn;
  private final DoFnRunner<Object, Object> runner;
  private @Nullable DoFnInvoker<Object, Object> invoker;
  private @Nullable MetricsEnvironmentState environment;

  ParDoInstance(ParDoStep step, StepInstances stage, Map<TupleTag<?>, ElementReceiver> outputs) {
    this.step = step;
    this.stage = stage;
    this.outputs = outputs;
    mainTag = step.mainTag();
    mainOutput = outputs.get(mainTag);
    metrics = stage.run().metrics().open(step.name());
    fn = step.copyOfFn();
    runner = newRunner(fn);
  }

  DoFnRunner<Object, Object> newRunner(DoFn<Object, Object> copy) {
    return step.runner(stage.run(), copy, this, this);
  }

  final DoFn<Object, Object> fn() {
    return fn;
  }

  final DoFnRunner<Object, Object> runner() {
    return runner;
  }

  final DoFnInvoker<Object, Object> invoker() {
    return Objects.requireNonNull(invoker);
  }

  @Override
  public void accept(WindowedValue<?> element) {
    MetricsEnvironmentState active = environment == null ? startBundle() : environment;
    MetricsContainer previous = active.activate(metrics);
    try {
      process(element);
    } finally {
      active.activate(previous);
    }
  }

  @SuppressWarnings("unchecked")
  void process(WindowedValue<?> element) {
    runner.processElement((WindowedValue<Object>) element);
  }

  private MetricsEnvironmentState startBundle() {
    MetricsEnvironmentState active =
        MetricsEnvironment.getMetricsEnvironmentStateForCurrentThread();
    MetricsContainer previous = active.activate(metrics);
    try {
      if (invoker == null) {
        setUp();
      }
      environment = active;
      runner.startBundle();
    } finally {
      active.activate(previous);
    }
    return active;
  }

  private void setUp() {
    invoker = DoFnInvokers.tryInvokeSetupFor(fn, stage.run().options());
  }

  @Override
  public void finishBundle() {
    MetricsEnvironmentState active = environment;
    if (active != null) {
      environment = null;
      MetricsContainer previous = active.activate(metrics);
      try {
        runner.finishBundle();
      } finally {
        active.activate(previous);
      }
    }
  }

  @Override
  public void commitBundle() {
    stage.run().metrics().commit(step.name(), metrics);
    for (InMemoryBundleFinalizer.Finalization finalization : finalizer.getAndClearFinalizations()) {
      Throwable failure =
          Attempt.failureOf(
              () -> {
                finalization.getCallback().onBundleSuccess();
                return null;
              });
      if (failure != null) {
        LOG.warn("A callback of a bundle of {} failed.", step.name(), failure);
      }
    }
  }

  @Override
  public void abortBundle() {
    stage.run().metrics().abort(step.name(), metrics);
  }

  @Override
  public void tearDown() {
    stage.run().metrics().close(metrics);
    if (invoker != null) {
      invoker.invokeTeardown();
      invoker = null;
    }
  }

  @Override
  public <T> void output(TupleTag<T> tag, WindowedValue<T> element) {
    ElementReceiver receiver = tag.equals(mainTag) ? mainOutput : outputs.get(tag);
    if (receiver == null) {
      throw new IllegalArgumentException("Unknown output tag " + tag);
    }
    // A DoFn that catches exceptions around its output must not hide those of later steps.
    boolean passed = false;
    try {
      receiver.accept(element);
      passed = true;
    } catch (UserCodeException e) {
      stage.failed(e);
      throw e;
    } finally {
      if (!passed) {
        stage.failed(new IllegalStateException("A step after " + step.name() + " failed."));
      }
    }
  }

  @Override
  public StateInternals stateInternals() {
    throw new UnsupportedOperationException("The DoFn declares no state.");
  }

  @Override
  public TimerInternals timerInternals() {
    throw new UnsupportedOperationException("The DoFn declares no timers.");
  }

  @Override
  public BundleFinalizer bundleFinalizer() {
    return finalizer;
  }
}
