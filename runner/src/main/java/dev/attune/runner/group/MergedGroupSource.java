package dev.attune.runner.group;

import dev.attune.runner.shuffle.GroupCursor;
import dev.attune.runner.shuffle.GroupedPayloads;
import dev.attune.runner.shuffle.PayloadCursor;
import dev.attune.runner.shuffle.ShuffleStore;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/**
 * Reads groups whose windows merge, such as sessions. The windows of a key are merged first. With
 * one merged window the values are read from the store; with more, the key's values are in the heap
 * at once.
 */
final class MergedGroupSource extends ShuffleSource {
  private final KeyedCodec codec;

  MergedGroupSource(String name, ShuffleStore store, KeyedCodec codec, RunContext run) {
    super(name, store, run);
    this.codec = codec;
  }

  @Override
  void emit(GroupCursor groups, ElementReceiver receiver) throws IOException {
    Object key = codec.keyCoder().decode(groups.key());
    GroupedPayloads payloads = groups.payloads();
    Map<BoundedWindow, List<Instant>> timestamps = new LinkedHashMap<>();
    PayloadCursor cursor = payloads.cursor();
    while (cursor.next()) {
      ByteSource payload = cursor.payload();
      BoundedWindow window = codec.decodeWindow(payload);
      Instant timestamp = Instant.ofEpochMilli(payload.readLong());
      combine(timestamps.computeIfAbsent(window, missing -> new ArrayList<>(1)), window, timestamp);
    }
    Map<BoundedWindow, BoundedWindow> merged =
        new WindowMerge(codec.windowing().getWindowFn()).merge(timestamps.keySet());
    Map<BoundedWindow, List<Instant>> results = new LinkedHashMap<>();
    timestamps.forEach(
        (window, single) ->
            results
                .computeIfAbsent(merged.get(window), missing -> new ArrayList<>())
                .addAll(single));
    Map<BoundedWindow, List<Object>> values =
        results.size() == 1 ? Map.of() : valuesByWindow(payloads, merged);
    for (Map.Entry<BoundedWindow, List<Instant>> result : results.entrySet()) {
      BoundedWindow window = result.getKey();
      Iterable<Object> grouped = values.get(window);
      receiver.accept(
          WindowedValues.of(
              (Object)
                  KV.of(
                      key,
                      grouped == null
                          ? new GroupedValues<>(payloads, codec::decodeValue)
                          : grouped),
              codec.combiner().merge(window, result.getValue()),
              window,
              PaneInfo.ON_TIME_AND_ONLY_FIRING));
    }
  }

  /** Keeps one timestamp for each window before it is merged. */
  private void combine(List<Instant> current, BoundedWindow window, Instant timestamp) {
    Instant assigned = codec.combiner().assign(window, timestamp);
    if (current.isEmpty()) {
      current.add(assigned);
    } else {
      current.set(0, codec.combiner().combine(current.get(0), assigned));
    }
  }

  private Map<BoundedWindow, List<Object>> valuesByWindow(
      GroupedPayloads payloads, Map<BoundedWindow, BoundedWindow> merged) throws IOException {
    Map<BoundedWindow, List<Object>> values = new LinkedHashMap<>();
    PayloadCursor cursor = payloads.cursor();
    while (cursor.next()) {
      ByteSource payload = cursor.payload();
      BoundedWindow window = merged.get(codec.decodeWindow(payload));
      payload.skip(Long.BYTES);
      values
          .computeIfAbsent(window, missing -> new ArrayList<>())
          .add(codec.valueCoder().decode(payload));
    }
    return values;
  }
}
