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
record RangeBundle(int source, List<FileRange> ranges) implements Serializable {
  /** Size of a bundle unless one range is larger: a runner may keep its output in memory. */
  private static final long BUNDLE_BYTES = 32L << 20;

  RangeBundle {
    ranges = List.copyOf(ranges);
  }

  /**
   * Divides the ranges of a source into bundles of bounded size.
   *
   * @param fewest number of bundles, if there are that many ranges
   */
  static List<RangeBundle> divide(int source, List<FileRange> ranges, int fewest) {
    long bytes = ranges.stream().mapToLong(range -> bytes(range)).sum();
    long bundles = Math.max(fewest, (bytes + BUNDLE_BYTES - 1) / BUNDLE_BYTES);
    PriorityQueue<BundleBuilder> smallestFirst =
        new PriorityQueue<>((a, b) -> Long.compare(a.bytes, b.bytes));
    List<FileRange> largestFirst = new ArrayList<>(ranges);
    largestFirst.sort((a, b) -> Long.compare(bytes(b), bytes(a)));
    for (FileRange range : largestFirst) {
      BundleBuilder smallest =
          smallestFirst.isEmpty() || smallestFirst.size() < bundles
              ? new BundleBuilder()
              : smallestFirst.remove();
      smallest.add(range);
      smallestFirst.add(smallest);
    }
    return smallestFirst.stream().map(bundle -> new RangeBundle(source, bundle.ranges)).toList();
  }

  private static long bytes(FileRange range) {
    return InputFile.unpacked(range.name(), range.end() - range.start());
  }

  private static final class BundleBuilder {
    private final List<FileRange> ranges = new ArrayList<>();
    private long bytes;

    void add(FileRange range) {
      ranges.add(range);
      bytes += bytes(range);
    }
  }
}
