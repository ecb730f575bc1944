package dev.attune.pipeline.source.file.head;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a file's text, unpacked, and what is wrong with them. Whoever goes on reading
 * the file takes {@link #andRest}.
 */
public final class FileHead {
  private static final int BYTES = 1 << 16;

  /** No header is longer. */
  private static final int MOST_BYTES = 1 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private byte[] bytes;
  private boolean whole;

  private FileHead(byte[] bytes) {
    this.bytes = bytes;
    this.whole = bytes.length < BYTES;
  }

  /** Finds the first record of a CSV file. */
  @FunctionalInterface
  public interface HeaderCut {
    /**
     * The bytes of the first record that is not empty; no bytes where there is none.
     *
     * @param text the file's first bytes, without a byte order mark
     * @return null where the record does not end in them
     */
    byte @Nullable [] of(byte[] text, boolean whole) throws IOException;
  }

  /** Reads so much of a file as its judgement needs, at most a MiB. */
  public static FileHead read(InputStream in) throws IOException {
    return new FileHead(in.readNBytes(BYTES));
  }

  /** Why the file is not what its name says, or null. */
  public @Nullable HeadFault fault() {
    String sentence = Encoding.fault(bytes, whole).or(() -> OtherFormat.fault(text())).orElse(null);
    return sentence == null ? null : HeadFault.ofFile(sentence);
  }

  /**
   * The header of a CSV file; reads on where it is not here as a whole.
   *
   * @param in from which the head was read
   */
  public CsvHeader header(
      InputStream in, HeaderCut cut, char separator, List<@Nullable String> names)
      throws IOException {
    byte @Nullable [] header = cut.of(text(), whole);
    if (header == null && !whole) {
      byte[] more = in.readNBytes(MOST_BYTES - bytes.length);
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, before + more.length);
      System.arraycopy(more, 0, bytes, before, more.length);
      whole = bytes.length < MOST_BYTES;
      header = cut.of(text(), whole);
    }
    if (header == null) {
      return CsvHeader.endless();
    }
    return header.length == 0 ? CsvHeader.NONE : CsvHeader.of(header, separator, names);
  }

  /** The whole file: what is here, and what is left of the stream that it was read from. */
  public InputStream andRest(InputStream in) {
    return new Whole(new ByteArrayInputStream(bytes), in);
  }

  private byte[] text() {
    int length = BYTE_ORDER_MARK.length;
    boolean marked =
        bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
    return marked ? Arrays.copyOfRange(bytes, length, bytes.length) : bytes;
  }

  /** Unlike Java's SequenceInputStream it leaves open what it was given. */
  private static final class Whole extends InputStream {
    private final InputStream head;
    private final InputStream rest;

    Whole(InputStream head, InputStream rest) {
      this.head = head;
      this.rest = rest;
    }

    @Override
    public int read() throws IOException {
      int first = head.read();
      return first < 0 ? rest.read() : first;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = head.read(into, offset, length);
      return count < 0 ? rest.read(into, offset, length) : count;
    }
  }
}
