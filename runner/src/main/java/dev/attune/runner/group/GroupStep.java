package dev.attune.runner.group;

import dev.attune.runner.shuffle.ShuffleStore;
import dev.attune.runner.shuffle.ShuffleWriter;
import dev.attune.runner.step.BundleSource;
import dev.attune.runner.step.Flow;
import dev.attune.runner.step.GraphStep;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepInstance;
import dev.attune.runner.step.StepInstances;
import dev.attune.runner.stream.ByteSink;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/** Writes elements to the partitions of a GroupByKey. */
public final class GroupStep extends GraphStep {
  private final ShuffleStore store;
  private final KeyedCodec codec;

  /** Creates the step. */
  public GroupStep(String name, int order, Flow input, RunContext run) {
    super(name, order);
    this.store = new ShuffleStore(run.threads(), run.budget(), run.folder());
    KvCoder<Object, Object> coder = kvCoder(input.coder(), name);
    this.codec = new KeyedCodec(coder.getKeyCoder(), coder.getValueCoder(), input.windowing());
  }

  @SuppressWarnings("unchecked")
  static KvCoder<Object, Object> kvCoder(Coder<?> coder, String name) {
    if (coder instanceof KvCoder<?, ?> kvCoder) {
      return (KvCoder<Object, Object>) kvCoder;
    }
    throw new UnsupportedOperationException(
        "LocalRunner cannot run transform %s: its input needs a KvCoder but has %s."
            .formatted(name, coder));
  }

  /** Returns the source of the stage that reads the groups. */
  public BundleSource source(RunContext run) {
    return codec.merges()
        ? new MergedGroupSource(name(), store, codec, run)
        : new GroupSource(name(), store, codec, run, GroupSource.values(codec));
  }

  @Override
  public StepInstance open(StepInstances stage) {
    return new Instance(store.writer());
  }

  private final class Instance extends StepInstance {
    private final ShuffleWriter writer;
    private final ByteSink record = new ByteSink(256);

    Instance(ShuffleWriter writer) {
      this.writer = writer;
    }

    @Override
    public void accept(WindowedValue<?> element) {
      KV<?, ?> kv = (KV<?, ?>) element.getValue();
      try {
        for (BoundedWindow window : element.getWindows()) {
          record.clear();
          codec.encodeKey(kv.getKey(), window, record);
          int keyLength = record.size();
          codec.encodeMetadata(window, element.getTimestamp().getMillis(), record);
          codec.valueCoder().encode(kv.getValue(), record);
          writer.add(record, keyLength);
        }
      } catch (IOException e) {
        throw UserCodeException.wrap(e);
      }
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }
}
