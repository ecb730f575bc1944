package dev.attune.runner.group;

import dev.attune.runner.shuffle.GroupCursor;
import dev.attune.runner.shuffle.GroupedPayloads;
import dev.attune.runner.shuffle.PayloadCursor;
import dev.attune.runner.shuffle.ShuffleStore;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/** Reads groups whose windows do not merge: each group of records is an element of the output. */
final class GroupSource extends ShuffleSource {
  private final KeyedCodec codec;
  private final Finisher finisher;

  GroupSource(
      String name, ShuffleStore store, KeyedCodec codec, RunContext run, Finisher finisher) {
    super(name, store, run);
    this.codec = codec;
    this.finisher = finisher;
  }

  /** Makes the output's value of a group. */
  @FunctionalInterface
  interface Finisher {
    Object finish(GroupedPayloads payloads);
  }

  static Finisher values(KeyedCodec codec) {
    return payloads -> new GroupedValues<>(payloads, codec::decodeValue);
  }

  @Override
  void emit(GroupCursor groups, ElementReceiver receiver) throws IOException {
    ByteSource encoded = groups.key();
    Object key = codec.keyCoder().decode(encoded);
    BoundedWindow window = codec.windowCoder().decode(encoded);
    GroupedPayloads payloads = groups.payloads();
    receiver.accept(
        WindowedValues.of(
            (Object) KV.of(key, finisher.finish(payloads)),
            timestamp(window, payloads),
            window,
            PaneInfo.ON_TIME_AND_ONLY_FIRING));
  }

  private Instant timestamp(BoundedWindow window, GroupedPayloads payloads) {
    if (!codec.keepsTimestamps()) {
      return window.maxTimestamp();
    }
    PayloadCursor cursor = payloads.cursor();
    cursor.next();
    Instant result = assigned(window, cursor);
    while (cursor.next()) {
      result = codec.combiner().combine(result, assigned(window, cursor));
    }
    return result;
  }

  private Instant assigned(BoundedWindow window, PayloadCursor cursor) {
    return codec.combiner().assign(window, Instant.ofEpochMilli(cursor.payload().readLong()));
  }
}
