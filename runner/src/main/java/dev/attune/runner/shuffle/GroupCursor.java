package dev.attune.runner.shuffle;

import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Reads the groups of some partitions, one key after the other, merging sorted runs. */
public final class GroupCursor {
  private final PriorityQueue<RunCursor> queue;
  private final List<RunCursor> current = new ArrayList<>();
  private final ByteSource key = new ByteSource();

  GroupCursor(List<RunCursor> runs) throws IOException {
    queue = new PriorityQueue<>(Math.max(1, runs.size()));
    int number = 0;
    for (RunCursor run : runs) {
      run.number = number++;
      if (run.advance()) {
        queue.add(run);
      }
    }
  }

  /** Goes to the next key; false at the end. */
  public boolean next() throws IOException {
    for (RunCursor run : current) {
      RunCursor start = run.copy();
      boolean more = run.advance();
      while (more && run.hasKeyOf(start)) {
        more = run.advance();
      }
      if (more) {
        queue.add(run);
      }
    }
    current.clear();
    RunCursor first = queue.poll();
    if (first == null) {
      return false;
    }
    current.add(first);
    while (true) {
      RunCursor other = queue.peek();
      if (other == null || !other.hasKeyOf(first)) {
        return true;
      }
      current.add(queue.remove());
    }
  }

  /** The encoded key, to be read once. */
  public ByteSource key() {
    RunCursor first = current.get(0);
    return key.set(first.array, first.keyOffset, first.keyLength);
  }

  /**
   * The payloads of the current key; it can be read any number of times, also after {@link #next}.
   */
  public GroupedPayloads payloads() {
    List<RunCursor> starts = new ArrayList<>(current.size());
    for (RunCursor run : current) {
      starts.add(run.copy());
    }
    return new GroupedPayloads(starts);
  }
}
