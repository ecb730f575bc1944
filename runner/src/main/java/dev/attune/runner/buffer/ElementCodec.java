package dev.attune.runner.buffer;

import dev.attune.runner.stream.ByteSink;
import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.PaneInfoCoder;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/**
 * Encodes elements with their timestamp, windows and pane. An element in the global window without
 * a timestamp, the usual case in a bounded pipeline, needs one byte more than its value.
 */
public final class ElementCodec {
  private static final int PLAIN = 0;
  private static final int FULL = 1;

  private final Coder<Object> valueCoder;
  private final Coder<BoundedWindow> windowCoder;

  /** Creates the codec of a PCollection with this coder and windowing. */
  @SuppressWarnings("unchecked")
  public ElementCodec(Coder<?> valueCoder, WindowingStrategy<?, ?> windowing) {
    this.valueCoder = (Coder<Object>) valueCoder;
    this.windowCoder = (Coder<BoundedWindow>) windowing.getWindowFn().windowCoder();
  }

  /** Writes an element. */
  public void encode(WindowedValue<?> element, ByteSink target) throws IOException {
    encodeMetadata(element, target);
    valueCoder.encode(element.getValue(), target);
  }

  /** Reads an element. */
  public WindowedValue<Object> decode(ByteSource source) throws IOException {
    if (source.read() == PLAIN) {
      return WindowedValues.valueInGlobalWindow(valueCoder.decode(source));
    }
    Instant timestamp = Instant.ofEpochMilli(source.readLong());
    int count = source.readVarInt();
    List<BoundedWindow> windows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      windows.add(windowCoder.decode(source));
    }
    PaneInfo pane = PaneInfoCoder.INSTANCE.decode(source);
    return WindowedValues.of(valueCoder.decode(source), timestamp, windows, pane);
  }

  private void encodeMetadata(WindowedValue<?> element, ByteSink target) throws IOException {
    Collection<? extends BoundedWindow> windows = element.getWindows();
    if (windows.size() == 1
        && windows.iterator().next() == GlobalWindow.INSTANCE
        && element.getTimestamp().getMillis() == BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()
        && PaneInfo.NO_FIRING.equals(element.getPaneInfo())) {
      target.write(PLAIN);
      return;
    }
    target.write(FULL);
    target.writeLong(element.getTimestamp().getMillis());
    target.writeVarInt(windows.size());
    for (BoundedWindow window : windows) {
      windowCoder.encode(window, target);
    }
    PaneInfoCoder.INSTANCE.encode(element.getPaneInfo(), target);
  }
}
