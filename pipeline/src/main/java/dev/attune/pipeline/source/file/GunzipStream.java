package dev.attune.pipeline.source.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The decompressed bytes of a gzip file of one or more members. A file that ends within a member,
 * or in bytes that are no member, is truncated; one with wrong data or check sums is damaged; one
 * that becomes more than its share is refused while it is read, so that a bomb costs no memory and
 * little time.
 */
final class GunzipStream extends InputStream {
  static final String DAMAGED =
      "The file is damaged or no gzip file: restore it, or take .gz off its name.";

  /** Below this much output the ratio says nothing: a short file of zeros is no bomb. */
  private static final long RATIO_FROM_BYTES = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private static final int FIRST_BYTE = GZIPInputStream.GZIP_MAGIC & 0xff;

  private final String file;
  private final RangeStream stored;
  private final int ratio;
  private final Truncation truncation;
  private @Nullable Members members;
  private long count;

  GunzipStream(String file, RangeStream stored, int ratio, Truncation truncation) {
    this.file = file;
    this.stored = stored;
    this.ratio = ratio;
    this.truncation = truncation;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (truncation.happened()) {
      return -1;
    }
    try {
      int more = inflate(into, offset, length);
      count += Math.max(0, more);
      checkRatio();
      return more;
    } catch (EOFException e) {
      if (stored.size() == 0) {
        truncation.happensToAll();
      } else {
        truncation.happens("its gzip data end early");
      }
      return -1;
    } catch (ZipException e) {
      throw new RefusedFileException(file, DAMAGED);
    }
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    if (members == null) {
      // The one size at which a wrong header looks like one that ends early.
      if (stored.size() == 1 && stored.read() != FIRST_BYTE) {
        throw new ZipException("Not in GZIP format");
      }
      members = new Members(stored);
    }
    int more = members.read(into, offset, length);
    if (more < 0 && members.bytesBehind() > 0) {
      truncation.happens("behind its gzip data stand bytes that are none");
    }
    return more;
  }

  private void checkRatio() throws RefusedFileException {
    if (count > RATIO_FROM_BYTES && count > ratio * stored.count()) {
      throw new RefusedFileException(
          file,
          "The file becomes more than "
              + ratio
              + " times its compressed size: if it is what you expect, raise"
              + " limits.decompressedRatio.");
    }
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }

  /** GZIPInputStream ignores what follows the last good member; this says how much that is. */
  private static final class Members extends GZIPInputStream {
    private static final int TRAILER = 8;

    private final RangeStream stored;
    private long filled;

    Members(RangeStream stored) throws IOException {
      super(stored, BUFFER);
      this.stored = stored;
    }

    @Override
    protected void fill() throws IOException {
      super.fill();
      filled = stored.count();
    }

    long bytesBehind() {
      return stored.size() - (filled - inf.getRemaining()) - TRAILER;
    }
  }
}
