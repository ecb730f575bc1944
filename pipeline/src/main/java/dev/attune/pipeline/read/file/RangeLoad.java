package dev.attune.pipeline.read.file;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Ranges that are read one after the other, in one bundle.
 *
 * @param ranges in no order
 */
record RangeLoad(List<FileRange> ranges) implements Serializable {
  RangeLoad {
    ranges = List.copyOf(ranges);
  }

  private long bytes() {
    return ranges.stream().mapToLong(range -> bytes(range)).sum();
  }

  private static long bytes(FileRange range) {
    return range.end() - range.start();
  }

  private RangeLoad with(FileRange range) {
    List<FileRange> more = new ArrayList<>(ranges);
    more.add(range);
    return new RangeLoad(more);
  }

  /** The ranges in at most so many loads of about one size. */
  static List<RangeLoad> divide(List<FileRange> ranges, int loads) {
    PriorityQueue<RangeLoad> smallestFirst =
        new PriorityQueue<>((a, b) -> Long.compare(a.bytes(), b.bytes()));
    List<FileRange> largestFirst = new ArrayList<>(ranges);
    largestFirst.sort((a, b) -> Long.compare(bytes(b), bytes(a)));
    for (FileRange range : largestFirst) {
      RangeLoad smallest =
          smallestFirst.size() < loads ? new RangeLoad(List.of()) : smallestFirst.remove();
      smallestFirst.add(smallest.with(range));
    }
    return new ArrayList<>(smallestFirst);
  }
}
