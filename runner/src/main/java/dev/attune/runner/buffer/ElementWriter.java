package dev.attune.runner.buffer;

import dev.attune.runner.spill.MemoryBudget;
import dev.attune.runner.stream.ByteSink;
import java.io.IOException;
import org.apache.beam.sdk.values.WindowedValue;

/** Adds elements to a store. Used by one thread at a time. */
public final class ElementWriter {
  private static final int CHUNK = 1 << 17;
  private static final int FIRST = 1 << 10;

  private final ElementStore store;
  private final ElementCodec codec;
  private final MemoryBudget budget;
  private final ByteSink scratch = new ByteSink(256);
  private ByteSink open = new ByteSink(FIRST);
  private int elements;

  ElementWriter(ElementStore store, ElementCodec codec, MemoryBudget budget) {
    this.store = store;
    this.codec = codec;
    this.budget = budget;
  }

  /** Adds an element. */
  public void add(WindowedValue<?> element) throws IOException {
    scratch.clear();
    codec.encode(element, scratch);
    open.writeVarInt(scratch.size());
    open.write(scratch.array(), 0, scratch.size());
    elements++;
    if (open.size() >= CHUNK) {
      seal();
    }
  }

  private void seal() throws IOException {
    ElementChunk chunk = new ElementChunk(open.array(), open.size(), elements);
    budget.reserve(chunk.heapBytes());
    store.add(chunk);
    open = new ByteSink(FIRST);
    elements = 0;
    if (budget.exceeded()) {
      budget.relieve();
    }
  }

  /** Makes all elements visible to readers. */
  public void close() throws IOException {
    if (elements > 0) {
      seal();
    }
  }
}
