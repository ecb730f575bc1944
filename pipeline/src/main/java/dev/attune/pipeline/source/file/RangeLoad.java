package dev.attune.pipeline.source.file;

import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.InputFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The ranges that one bundle reads one after the other.
 *
 * @param source the index of their source
 * @param ranges in any order
 */
record RangeLoad(int source, List<FileRange> ranges) implements Serializable {
  /** Size of a load unless one range is larger: a runner may keep a bundle's output in memory. */
  private static final long LOAD_BYTES = 32L << 20;

  RangeLoad {
    ranges = List.copyOf(ranges);
  }

  /**
   * Divides the ranges of a source into loads of bounded size.
   *
   * @param fewest number of loads, if there are that many ranges
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
