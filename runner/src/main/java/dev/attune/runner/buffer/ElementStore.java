package dev.attune.runner.buffer;

import dev.attune.runner.spill.MemoryBudget;
import dev.attune.runner.spill.SpillFile;
import dev.attune.runner.spill.SpillFolder;
import dev.attune.runner.spill.Spillable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a PCollection, encoded. First writers add elements; when all are closed, ranges
 * are read and released.
 */
public final class ElementStore implements Spillable {
  private final ElementCodec codec;
  private final MemoryBudget budget;
  private final SpillFolder folder;
  private final List<ElementChunk> chunks = new ArrayList<>();
  private final Map<ElementChunk, Integer> readers = new HashMap<>();
  private long bytes;
  private long elements;
  private long spillable;
  private int spilled;
  private @Nullable SpillFile file;

  /** Creates an empty store. */
  public ElementStore(ElementCodec codec, MemoryBudget budget, SpillFolder folder) {
    this.codec = codec;
    this.budget = budget;
    this.folder = folder;
    budget.register(this);
  }

  /** The codec of its elements. */
  public ElementCodec codec() {
    return codec;
  }

  /** Creates a writer for one thread. */
  public ElementWriter writer() {
    return new ElementWriter(this, codec, budget);
  }

  synchronized void add(ElementChunk chunk) {
    chunks.add(chunk);
    bytes += chunk.size();
    spillable += chunk.heapBytes();
    elements += chunk.elements();
  }

  @Override
  public synchronized long spillableBytes() {
    return spillable;
  }

  @Override
  public void spill() throws IOException {
    if (file == null) {
      file = folder.newFile();
    }
    while (true) {
      ElementChunk chunk;
      synchronized (this) {
        if (spilled >= chunks.size()) {
          return;
        }
        chunk = chunks.get(spilled++);
        spillable -= chunk.heapBytes();
      }
      budget.release(chunk.spill(file));
    }
  }

  /** The number of bytes that were written. */
  public synchronized long bytes() {
    return bytes;
  }

  /** The number of elements that were written. */
  public synchronized long elements() {
    return elements;
  }

  /** Ends writing and returns all elements, in ranges of at most one chunk each. */
  public synchronized List<ElementRange> ranges(int threads) {
    budget.unregister(this);
    int most = (int) Math.max(1, Math.min(elements / (4L * threads), Integer.MAX_VALUE));
    List<ElementRange> ranges = new ArrayList<>();
    for (ElementChunk chunk : chunks) {
      int first = 0;
      int parts = 0;
      while (first < chunk.elements()) {
        int count = Math.min(most, chunk.elements() - first);
        ranges.add(new ElementRange(chunk, first, count));
        first += count;
        parts++;
      }
      readers.merge(chunk, parts, Integer::sum);
    }
    chunks.clear();
    spillable = 0;
    return ranges;
  }

  /** Releases a range; its chunk is released with the last range of it. */
  public synchronized void release(ElementRange range) {
    Integer left = readers.computeIfPresent(range.chunk(), (chunk, count) -> count - 1);
    if (left != null && left == 0) {
      readers.remove(range.chunk());
      budget.release(range.chunk().release());
    }
  }

  /** Releases everything. */
  public synchronized void close() throws IOException {
    budget.unregister(this);
    for (ElementChunk chunk : chunks) {
      budget.release(chunk.release());
    }
    for (ElementChunk chunk : readers.keySet()) {
      budget.release(chunk.release());
    }
    chunks.clear();
    readers.clear();
    if (file != null) {
      file.close();
    }
  }
}
