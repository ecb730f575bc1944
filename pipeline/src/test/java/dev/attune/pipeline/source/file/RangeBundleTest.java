package dev.attune.pipeline.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.FileType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RangeBundleTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void makesAtLeastAsManyLoadsAsAskedForWhileThereAreRanges() {
    assertThat(RangeBundle.divide(0, ranges(10, 1), 3)).hasSize(3);
    assertThat(RangeBundle.divide(0, ranges(2, 1), 3)).hasSize(2);
    assertThat(RangeBundle.divide(0, ranges(2, 0), 1)).hasSize(1);
    assertThat(RangeBundle.divide(0, List.of(), 3)).isEmpty();
  }

  @Test
  void boundsTheBytesOfALoad() {
    List<FileRange> ranges = ranges(64, 16 * MEGABYTE);
    List<RangeBundle> bundles = RangeBundle.divide(0, ranges, 3);
    assertThat(bundles).hasSize(32).allMatch(bundle -> bundle.ranges().size() == 2);
    assertThat(bundles.stream().flatMap(bundle -> bundle.ranges().stream()))
        .containsExactlyInAnyOrderElementsOf(ranges);
  }

  @Test
  void takesACompressedRangeForLarger() {
    FileRange range =
        new FileRange(
            "a.jsonl.gz", "/a", FileType.JSONL, 1, "", 0, 16 * MEGABYTE, 1, FileRange.LOCAL);
    assertThat(RangeBundle.divide(0, List.of(range, range), 1)).hasSize(2);
  }

  @Test
  void givesLoadsOfAboutOneSize() {
    List<FileRange> ranges = new ArrayList<>(ranges(1, 6));
    ranges.addAll(ranges(6, 1));
    assertThat(RangeBundle.divide(0, ranges, 2))
        .extracting(bundle -> bundle.ranges().size())
        .containsExactlyInAnyOrder(1, 6);
  }

  @Test
  @Timeout(20)
  void dividesManyRanges() {
    assertThatCode(() -> RangeBundle.divide(0, ranges(300_000, 1), 3)).doesNotThrowAnyException();
  }

  private static List<FileRange> ranges(int count, long bytes) {
    List<FileRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(
          new FileRange(
              "f" + i, "/f" + i, FileType.JSONL, bytes, "", 0, bytes, 1, FileRange.LOCAL));
    }
    return ranges;
  }
}
