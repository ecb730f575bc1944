package dev.attune.runner.group;

import dev.attune.runner.stream.ByteSink;
import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * Encodes what is grouped. Where windows do not merge, a record's key is the element's key and its
 * window, so each group is a group of the output; otherwise the window is in the payload. The
 * timestamp is in the payload only where the output's timestamp depends on it.
 *
 * @param keyCoder encodes keys
 * @param valueCoder encodes values
 * @param windowing the windows of the input
 */
record KeyedCodec(
    Coder<Object> keyCoder, Coder<Object> valueCoder, WindowingStrategy<?, ?> windowing) {

  boolean merges() {
    return windowing.needsMerge();
  }

  boolean keepsTimestamps() {
    return merges() || !windowing.getTimestampCombiner().dependsOnlyOnWindow();
  }

  TimestampCombiner combiner() {
    return windowing.getTimestampCombiner();
  }

  @SuppressWarnings("unchecked")
  Coder<BoundedWindow> windowCoder() {
    return (Coder<BoundedWindow>) windowing.getWindowFn().windowCoder();
  }

  /** Writes the record's key. */
  void encodeKey(Object key, BoundedWindow window, ByteSink target) throws IOException {
    keyCoder.encode(key, target);
    if (!merges()) {
      windowCoder().encode(window, target);
    }
  }

  /** Writes what precedes the value in the payload. */
  void encodeMetadata(BoundedWindow window, long timestamp, ByteSink target) throws IOException {
    if (merges()) {
      windowCoder().encode(window, target);
    }
    if (keepsTimestamps()) {
      target.writeLong(timestamp);
    }
  }

  /** Reads the window of a payload whose windows merge. */
  BoundedWindow decodeWindow(ByteSource payload) throws IOException {
    return windowCoder().decode(payload);
  }

  /** Reads the value of a payload. */
  Object decodeValue(ByteSource payload) throws IOException {
    if (merges()) {
      windowCoder().decode(payload);
    }
    if (keepsTimestamps()) {
      payload.skip(Long.BYTES);
    }
    return valueCoder.decode(payload);
  }
}
