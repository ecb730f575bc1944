package dev.attune.runner.group;

import dev.attune.runner.shuffle.GroupedPayloads;
import dev.attune.runner.shuffle.ShuffleStore;
import dev.attune.runner.shuffle.ShuffleWriter;
import dev.attune.runner.step.BundleSource;
import dev.attune.runner.step.Flow;
import dev.attune.runner.step.GraphStep;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepInstance;
import dev.attune.runner.step.StepInstances;
import dev.attune.runner.step.StepPlace;
import dev.attune.runner.stream.ByteSink;
import dev.attune.runner.stream.ByteSource;
import dev.attune.runner.stream.KeyHash;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.MetricsEnvironment.MetricsEnvironmentState;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Combines values by key in each thread before they are grouped, and the accumulators of all
 * threads after. For windows that do not merge.
 */
public final class CombineStep extends GraphStep {
  /** A thread hands its accumulators over when it has this many, or after this many values. */
  private static final int MOST_ACCUMULATORS = 1 << 14;

  private static final int MOST_VALUES = 1 << 18;

  /** After this many values a thread looks for the first time how large accumulators get. */
  private static final int FIRST_VALUES = 1 << 9;

  private static final int LEAST_VALUES = 1 << 4;
  private static final long LEAST_BYTES = 1 << 20;

  private final RunContext run;
  private final ShuffleStore store;
  private final byte[] serializedFn;
  private final ThreadLocal<CombineFn<Object, Object, Object>> mergingFn =
      ThreadLocal.withInitial(this::copyOfFn);
  private final KeyedCodec codec;

  /** Creates the step. */
  @SuppressWarnings({"unchecked", "this-escape"})
  public CombineStep(
      StepPlace place,
      CombineFn<?, ?, ?> fn,
      Coder<?> accumulatorCoder,
      Flow input,
      RunContext run) {
    super(place.name(), place.order());
    this.run = run;
    this.serializedFn = SerializableUtils.serializeToByteArray(fn);
    this.store = new ShuffleStore(run.threads(), run.budget(), run.folder());
    KvCoder<Object, Object> coder = GroupStep.kvCoder(input.coder(), place.name());
    this.codec =
        new KeyedCodec(coder.getKeyCoder(), (Coder<Object>) accumulatorCoder, input.windowing());
  }

  /** Returns the source of the stage that reads the combined values. */
  public BundleSource source() {
    return new GroupSource(name(), store, codec, run, this::merged);
  }

  /** Each thread has a copy, as it has of a DoFn. */
  @SuppressWarnings("unchecked")
  private CombineFn<Object, Object, Object> copyOfFn() {
    return (CombineFn<Object, Object, Object>)
        SerializableUtils.deserializeFromByteArray(serializedFn, "a CombineFn");
  }

  private Object merged(GroupedPayloads payloads) {
    CombineFn<Object, Object, Object> fn = mergingFn.get();
    return fn.extractOutput(
        fn.mergeAccumulators(new GroupedValues<>(payloads, codec::decodeValue)));
  }

  @Override
  public StepInstance open(StepInstances stage) {
    return new Instance(store.writer());
  }

  private static final class Accumulated {
    private Object accumulator;
    private Instant timestamp;

    Accumulated(Object accumulator, Instant timestamp) {
      this.accumulator = accumulator;
      this.timestamp = timestamp;
    }
  }

  private final class Instance extends StepInstance {
    private final CombineFn<Object, Object, Object> fn = copyOfFn();
    private final ShuffleWriter writer;
    private final Map<EncodedKey, Accumulated> table = new HashMap<>();
    private final EncodedKey probe = new EncodedKey();
    private final ByteSink record = new ByteSink(256);
    private final MetricsContainerImpl metrics = run.metrics().open(name());
    private @Nullable MetricsEnvironmentState environment;
    private int values;
    private int mostValues = FIRST_VALUES;

    Instance(ShuffleWriter writer) {
      this.writer = writer;
    }

    @Override
    public void accept(WindowedValue<?> element) {
      MetricsEnvironmentState active = environment;
      if (active == null) {
        active = MetricsEnvironment.getMetricsEnvironmentStateForCurrentThread();
        environment = active;
      }
      MetricsContainer previous = active.activate(metrics);
      try {
        add(element);
      } finally {
        active.activate(previous);
      }
    }

    private void add(WindowedValue<?> element) {
      KV<?, ?> kv = (KV<?, ?>) element.getValue();
      try {
        for (BoundedWindow window : element.getWindows()) {
          add(kv, window, codec.combiner().assign(window, element.getTimestamp()));
        }
        values++;
        if (table.size() >= MOST_ACCUMULATORS || values >= mostValues) {
          flush();
        }
      } catch (IOException e) {
        throw UserCodeException.wrap(e);
      }
    }

    private void add(KV<?, ?> kv, BoundedWindow window, Instant timestamp) throws IOException {
      record.clear();
      codec.encodeKey(kv.getKey(), window, record);
      Accumulated known = table.get(probe.set(record));
      if (known == null) {
        known = new Accumulated(fn.createAccumulator(), timestamp);
        table.put(probe.copy(), known);
      } else if (codec.keepsTimestamps()) {
        known.timestamp = codec.combiner().combine(known.timestamp, timestamp);
      }
      known.accumulator = fn.addInput(known.accumulator, kv.getValue());
    }

    private void flush() throws IOException {
      long bytes = 0;
      for (Map.Entry<EncodedKey, Accumulated> entry : table.entrySet()) {
        record.clear();
        entry.getKey().writeTo(record);
        int keyLength = record.size();
        if (codec.keepsTimestamps()) {
          record.writeLong(entry.getValue().timestamp.getMillis());
        }
        codec.valueCoder().encode(fn.compact(entry.getValue().accumulator), record);
        writer.add(record, keyLength);
        bytes += record.size();
      }
      table.clear();
      values = 0;
      adapt(bytes);
    }

    /** Accumulators that grow with each value, such as lists, are handed over earlier. */
    private void adapt(long bytes) {
      long most = Math.max(LEAST_BYTES, run.budget().limit() / (4L * run.threads()));
      if (bytes > most) {
        mostValues = (int) Math.max(LEAST_VALUES, mostValues * most / bytes);
      } else if (bytes < most / 8) {
        mostValues = Math.min(MOST_VALUES, 8 * mostValues);
      }
    }

    @Override
    public void finishBundle() {
      // The next bundle may be processed by another thread.
      environment = null;
    }

    @Override
    public void commitBundle() {
      run.metrics().commit(name(), metrics);
    }

    @Override
    public void abortBundle() {
      run.metrics().abort(name(), metrics);
    }

    @Override
    public void tearDown() {
      run.metrics().close(metrics);
    }

    @Override
    public void close() throws IOException {
      run.metrics()
          .measure(
              name(),
              () -> {
                flush();
                return this;
              });
      writer.close();
    }
  }

  /** Bytes of a key, compared by their contents. */
  private static final class EncodedKey {
    private final ByteSource bytes = new ByteSource();
    private int hash;

    EncodedKey set(ByteSink key) {
      bytes.set(key.array(), 0, key.size());
      hash = KeyHash.of(key.array(), 0, key.size());
      return this;
    }

    EncodedKey copy() {
      byte[] copied =
          Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.position() + bytes.available());
      EncodedKey copy = new EncodedKey();
      copy.bytes.set(copied, 0, copied.length);
      copy.hash = hash;
      return copy;
    }

    void writeTo(ByteSink target) {
      target.write(bytes.array(), bytes.position(), bytes.available());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EncodedKey key
          && hash == key.hash
          && Arrays.equals(
              bytes.array(),
              bytes.position(),
              bytes.position() + bytes.available(),
              key.bytes.array(),
              key.bytes.position(),
              key.bytes.position() + key.bytes.available());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
