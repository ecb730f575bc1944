package dev.attune.runner.group;

import dev.attune.runner.buffer.ElementCodec;
import dev.attune.runner.shuffle.GroupCursor;
import dev.attune.runner.shuffle.PayloadCursor;
import dev.attune.runner.shuffle.ShuffleStore;
import dev.attune.runner.shuffle.ShuffleWriter;
import dev.attune.runner.step.BundleSource;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.Flow;
import dev.attune.runner.step.GraphStep;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepInstance;
import dev.attune.runner.step.StepInstances;
import dev.attune.runner.stream.ByteSink;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;

/**
 * Brings the elements of each key together: for a DoFn with state or timers, or for a transform
 * that redistributes elements by their keys. The elements of a key that one thread has written are
 * read in the order in which it wrote them, by one thread.
 */
public final class KeyStep extends GraphStep {
  private final ShuffleStore store;
  private final Coder<Object> keyCoder;
  private final ElementCodec codec;

  /** Creates the step. */
  public KeyStep(String name, int order, Flow input, RunContext run) {
    super(name, order);
    this.store = new ShuffleStore(run.threads(), run.budget(), run.folder());
    KvCoder<Object, Object> coder = GroupStep.kvCoder(input.coder(), name);
    this.keyCoder = coder.getKeyCoder();
    this.codec = new ElementCodec(coder.getValueCoder(), input.windowing());
  }

  /** Returns a source of {@link KeyedElements}, one for each key. */
  public BundleSource keys(RunContext run) {
    return new ShuffleSource(name(), store, run) {
      @Override
      void emit(GroupCursor groups, ElementReceiver receiver) throws IOException {
        Object key = keyCoder.decode(groups.key());
        Iterable<WindowedValue<KV<Object, Object>>> elements =
            new GroupedValues<>(
                groups.payloads(),
                payload -> {
                  WindowedValue<Object> value = codec.decode(payload);
                  return value.withValue(KV.of(key, value.getValue()));
                });
        receiver.accept(
            WindowedValues.valueInGlobalWindow((Object) new KeyedElements(key, elements)));
      }
    };
  }

  /** Returns a source of the elements as they were written, one key after the other. */
  public BundleSource elements(RunContext run) {
    return new ShuffleSource(name(), store, run) {
      @Override
      void emit(GroupCursor groups, ElementReceiver receiver) throws IOException {
        Object key = keyCoder.decode(groups.key());
        PayloadCursor cursor = groups.payloads().cursor();
        while (cursor.next()) {
          run.stop().check();
          WindowedValue<Object> value = codec.decode(cursor.payload());
          receiver.accept(value.withValue(KV.of(key, value.getValue())));
        }
      }
    };
  }

  @Override
  public StepInstance open(StepInstances stage) {
    ShuffleWriter writer = store.writer();
    ByteSink record = new ByteSink(256);
    return new StepInstance() {
      @Override
      public void accept(WindowedValue<?> element) {
        KV<?, ?> kv = (KV<?, ?>) element.getValue();
        try {
          record.clear();
          keyCoder.encode(kv.getKey(), record);
          int keyLength = record.size();
          codec.encode(element.withValue(kv.getValue()), record);
          writer.add(record, keyLength);
        } catch (IOException e) {
          throw UserCodeException.wrap(e);
        }
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }
}
