package dev.attune.runner.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.WindowedValues;

/** Reads a bounded source, in parts. */
public final class ReadSource implements BundleSource {
  private static final long SMALLEST_PART = 1 << 20;
  private static final long LARGEST_PART = 1 << 26;

  private final String name;
  private final BoundedSource<?> source;
  private final RunContext run;

  /** Creates the source of a read transform. */
  public ReadSource(String name, BoundedSource<?> source, RunContext run) {
    this.name = name;
    this.source = source;
    this.run = run;
  }

  @Override
  public List<Bundle> plan() {
    MetricsContainerImpl container = run.metrics().open(name);
    MetricsContainer previous = MetricsEnvironment.setCurrentContainer(container);
    try {
      return Attempt.unchecked(this::parts);
    } finally {
      MetricsEnvironment.setCurrentContainer(previous);
      run.metrics().commit(name, container);
      run.metrics().close(container);
    }
  }

  private List<Bundle> parts() throws Exception {
    List<Bundle> bundles = new ArrayList<>();
    long size = source.getEstimatedSizeBytes(run.options());
    long desired = Math.max(SMALLEST_PART, Math.min(LARGEST_PART, size / (4L * run.threads())));
    for (BoundedSource<?> part : source.split(desired, run.options())) {
      bundles.add(new ReadBundle(part, Math.min(size, desired)));
    }
    return bundles;
  }

  private final class ReadBundle implements Bundle {
    private final BoundedSource<?> part;
    private final long bytes;

    ReadBundle(BoundedSource<?> part, long bytes) {
      this.part = part;
      this.bytes = bytes;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void process(ElementReceiver receiver) {
      run.metrics().measure(name, () -> readAll(receiver));
    }

    private boolean readAll(ElementReceiver receiver) {
      try (BoundedReader<?> reader = part.createReader(run.options())) {
        boolean more = reader.start();
        while (more) {
          run.stop().check();
          receiver.accept(
              WindowedValues.timestampedValueInGlobalWindow(
                  (Object) reader.getCurrent(), reader.getCurrentTimestamp()));
          more = reader.advance();
        }
        return true;
      } catch (IOException e) {
        throw UserCodeException.wrap(e);
      }
    }
  }
}
