package dev.attune.pipeline.source.file.head;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a file's decompressed text. Detects files that are not what they should be.
 */
public final class FileHead {
  private static final int BYTES = 1 << 16;

  /** The maximum length of a CSV header, in bytes. */
  private static final int MAXIMUM_HEADER_BYTES = 1 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final BufferedInputStream in;
  private final byte[] bytes;
  private final int markBytes;

  private FileHead(BufferedInputStream in, byte[] bytes, int markBytes) {
    this.in = in;
    this.bytes = bytes;
    this.markBytes = markBytes;
  }

  /** Finds the first record of a CSV file. */
  @FunctionalInterface
  public interface HeaderCut {
    /**
     * Returns the bytes of the first record that is not empty, no bytes if there is none, or null
     * if the record does not end in the text.
     *
     * @param text the file's first bytes, without a byte order mark
     * @param whole whether the text is the whole file
     */
    byte @Nullable [] of(byte[] text, boolean whole) throws IOException;
  }

  /** Peeks at the first bytes of a stream and skips a UTF-8 byte order mark. */
  public static FileHead read(BufferedInputStream in) throws IOException {
    byte[] bytes = peek(in, BYTES);
    int length = BYTE_ORDER_MARK.length;
    boolean marked =
        bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
    int markBytes = marked ? length : 0;
    in.skipNBytes(markBytes);
    return new FileHead(in, bytes, markBytes);
  }

  private static byte[] peek(BufferedInputStream in, int maximum) throws IOException {
    in.mark(maximum);
    byte[] bytes = in.readNBytes(maximum);
    in.reset();
    return bytes;
  }

  /** Returns why the file is not what its name says, or null if no fault is found. */
  public @Nullable HeadFault fault() {
    String sentence =
        Encoding.fault(bytes, bytes.length < BYTES)
            .or(() -> OtherFormat.fault(text()))
            .orElse(null);
    return sentence == null ? null : HeadFault.ofFile(sentence);
  }

  /**
   * Returns the header of a CSV file. Peeks at up to 1 MiB of the stream and consumes nothing. The
   * stream must be at the position at which {@link #read} left it.
   */
  public CsvHeader header(HeaderCut cut, char separator, List<@Nullable String> names)
      throws IOException {
    boolean whole = bytes.length < BYTES;
    byte @Nullable [] header = cut.of(text(), whole);
    if (header == null && !whole) {
      byte[] more = peek(in, MAXIMUM_HEADER_BYTES);
      header = cut.of(more, more.length < MAXIMUM_HEADER_BYTES);
    }
    if (header == null) {
      return CsvHeader.endless();
    }
    return header.length == 0 ? CsvHeader.NONE : CsvHeader.of(header, separator, names);
  }

  /** Returns how many bytes of a byte order mark were skipped. */
  public int markBytes() {
    return markBytes;
  }

  /** Returns how many bytes the first lines have on average; 0 for an empty file. */
  public long lineBytes() {
    int lines = 0;
    int end = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines++;
        end = i + 1;
      }
    }
    return lines == 0 ? bytes.length : end / lines;
  }

  private byte[] text() {
    return Arrays.copyOfRange(bytes, markBytes, bytes.length);
  }
}
