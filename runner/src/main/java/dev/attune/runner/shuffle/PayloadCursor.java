package dev.attune.runner.shuffle;

import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the payloads of one key's records. */
public final class PayloadCursor {
  private final List<RunCursor> starts;
  private final ByteSource payload = new ByteSource();
  private RunCursor current;
  private int source;
  private boolean fresh = true;

  PayloadCursor(List<RunCursor> starts) {
    this.starts = starts;
    this.current = starts.get(0).copy();
  }

  private PayloadCursor(PayloadCursor original) {
    starts = original.starts;
    current = original.current.copy();
    source = original.source;
    fresh = original.fresh;
  }

  /** Goes to the next payload; false at the end. */
  public boolean next() {
    try {
      while (true) {
        if (fresh) {
          fresh = false;
          return true;
        }
        if (current.advance() && current.hasKeyOf(starts.get(source))) {
          return true;
        }
        if (source + 1 == starts.size()) {
          return false;
        }
        source++;
        current = starts.get(source).copy();
        fresh = true;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The payload, to be read once and before {@link #next} is called again. */
  public ByteSource payload() {
    return payload.set(current.array, current.payloadOffset(), current.payloadLength);
  }

  /** Returns a cursor that goes on from here. */
  public PayloadCursor copy() {
    return new PayloadCursor(this);
  }
}
