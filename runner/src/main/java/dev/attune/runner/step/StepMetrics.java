package dev.attune.runner.step;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;

/**
 * The metrics of all steps. A bundle's metrics are attempted at once and committed when the bundle
 * is.
 */
public final class StepMetrics {
  private final MetricsContainerStepMap committed = new MetricsContainerStepMap();
  private final MetricsContainerStepMap failed = new MetricsContainerStepMap();
  private final Map<MetricsContainerImpl, String> running = new ConcurrentHashMap<>();

  /** Creates a container for one thread's use of a step. */
  public MetricsContainerImpl open(String step) {
    MetricsContainerImpl container = new IdentityContainer(step);
    running.put(container, step);
    return container;
  }

  /** Adds a finished bundle's metrics, and empties the container. */
  public synchronized void commit(String step, MetricsContainerImpl container) {
    committed.update(step, container);
    container.reset();
  }

  /** Adds a failed bundle's metrics to the attempted ones, and empties the container. */
  public synchronized void abort(String step, MetricsContainerImpl container) {
    failed.update(step, container);
    container.reset();
  }

  /** Forgets a container. */
  public void close(MetricsContainerImpl container) {
    running.remove(container);
  }

  /** Runs the code of one bundle with a container of its own as the current one. */
  public <T> T measure(String step, Attempt.Code<T, ?> code) {
    MetricsContainerImpl container = open(step);
    MetricsContainer previous = MetricsEnvironment.setCurrentContainer(container);
    boolean complete = false;
    try {
      T result = Attempt.unchecked(code);
      complete = true;
      return result;
    } finally {
      MetricsEnvironment.setCurrentContainer(previous);
      if (complete) {
        commit(step, container);
      } else {
        abort(step, container);
      }
      close(container);
    }
  }

  /** Returns all metrics as they are now. */
  public synchronized MetricResults results() {
    MetricsContainerStepMap attempted = new MetricsContainerStepMap();
    attempted.updateAll(committed);
    attempted.updateAll(failed);
    running.forEach((container, step) -> attempted.update(step, container));
    return MetricsContainerStepMap.asMetricResults(attempted, committed);
  }

  /** Containers compare their contents otherwise. */
  private static final class IdentityContainer extends MetricsContainerImpl {
    private static final long serialVersionUID = 1;

    IdentityContainer(String step) {
      super(step);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
