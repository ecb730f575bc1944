package dev.attune.pipeline.source.file.cut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests how much of a record that is too large is kept. */
class ByteWindowTest {
  private static final int RECORD_BYTES = 1 << 20;
  private static final long HUGE = 100L << 20;
  private static final int MOST_KEPT = 2 * RECORD_BYTES;

  @ParameterizedTest
  @EnumSource
  void keepsLittleOfARecordOfAHundredMegabytes(FileType type) throws IOException {
    String before = type == FileType.JSON_ARRAY ? "[\"" : "\"";
    var window = new ByteWindow(new Repeated(before, HUGE), RECORD_BYTES);
    var truncation = new Truncation("a", true);
    RecordCutter cutter =
        switch (type) {
          case JSONL -> new LineCutter(window, truncation, 1);
          case JSON_ARRAY -> new ArrayCutter("a", window, truncation);
          case CSV -> new CsvCutter("a", window, truncation, ',');
        };
    var record = new RawRecord("a");
    assertThat(cutter.next(record)).isTrue();
    assertThat(record.tooLarge()).isTrue();
    assertThat(record.size()).isEqualTo(HUGE + 1);
    assertThat(cutter.next(record)).isFalse();
    assertThat(window.bytes).hasSizeLessThanOrEqualTo(MOST_KEPT);
  }

  /** Some bytes and many x. */
  private static final class Repeated extends InputStream {
    private final byte[] first;
    private long left;
    private boolean started;

    Repeated(String first, long count) {
      this.first = first.getBytes(StandardCharsets.US_ASCII);
      this.left = count;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (!started) {
        started = true;
        System.arraycopy(first, 0, into, offset, first.length);
        return first.length;
      }
      int count = (int) Math.min(left, length);
      Arrays.fill(into, offset, offset + count, (byte) 'x');
      left -= count;
      return count == 0 ? -1 : count;
    }
  }
}
