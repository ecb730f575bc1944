package dev.attune.pipeline.source.file;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Ranges that are read one after the other, in one bundle.
 *
 * @param source whose files they are of: its place in a list
 * @param ranges in no order
 */
record RangeLoad(int source, List<FileRange> ranges) implements Serializable {
  /** About so much a load, unless one range is larger: a bundle's output may stand in a heap. */
  private static final long LOAD_BYTES = 32L << 20;

  RangeLoad {
    ranges = List.copyOf(ranges);
  }

  /**
   * The ranges of a source in loads of bounded bytes.
   *
   * @param fewest loads, as far as there are ranges
   */
  static List<RangeLoad> divide(int source, List<FileRange> ranges, int fewest) {
    long bytes = ranges.stream().mapToLong(range -> bytes(range)).sum();
    long loads = Math.max(fewest, (bytes + LOAD_BYTES - 1) / LOAD_BYTES);
    PriorityQueue<Growing> smallestFirst =
        new PriorityQueue<>((a, b) -> Long.compare(a.bytes, b.bytes));
    List<FileRange> largestFirst = new ArrayList<>(ranges);
    largestFirst.sort((a, b) -> Long.compare(bytes(b), bytes(a)));
    for (FileRange range : largestFirst) {
      Growing smallest =
          smallestFirst.isEmpty() || smallestFirst.size() < loads
              ? new Growing()
              : smallestFirst.remove();
      smallest.add(range);
      smallestFirst.add(smallest);
    }
    return smallestFirst.stream().map(load -> new RangeLoad(source, load.ranges)).toList();
  }

  private static long bytes(FileRange range) {
    return InputFile.unpacked(range.name(), range.end() - range.start());
  }

  private static final class Growing {
    private final List<FileRange> ranges = new ArrayList<>();
    private long bytes;

    void add(FileRange range) {
      ranges.add(range);
      bytes += bytes(range);
    }
  }
}
