package dev.attune.pipeline.source.file.storage;

import dev.attune.message.Messages;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The decompressed bytes of a gzip file of one or more members. A file that ends within a member,
 * or has trailing bytes that are not a member, is truncated; a file with wrong data or check sums
 * is damaged; a file that expands to more than its ratio is refused while it is read, so that a
 * decompression bomb costs no memory and little time.
 *
 * <p>It is built on java.util.zip: commons-compress tells trailing bytes, damage and wrong headers
 * apart by message only, and loses what it decompressed in the call that finds them.
 */
final class GunzipStream extends InputStream {
  /** The ratio is not checked below this much output: a short file of zeros is not a bomb. */
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
        truncation.happens(Messages.of("pipeline.reading.truncated-gzip"));
      }
      return -1;
    } catch (ZipException e) {
      throw new RefusedFileException(file, Messages.of("pipeline.reading.gzip-damaged"));
    }
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    if (members == null) {
      // At this size a wrong header looks like one that ends early.
      if (stored.size() == 1 && stored.read() != FIRST_BYTE) {
        throw new ZipException("Not in GZIP format");
      }
      members = new Members(stored);
    }
    int more = members.read(into, offset, length);
    if (more < 0 && members.trailingBytes() > 0) {
      truncation.happens(Messages.of("pipeline.reading.truncated-trailing"));
    }
    return more;
  }

  private void checkRatio() throws RefusedFileException {
    if (count > RATIO_FROM_BYTES && count > ratio * stored.count()) {
      throw new RefusedFileException(file, Messages.of("pipeline.reading.ratio", ratio));
    }
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }

  /** GZIPInputStream ignores what follows the last good member; this one counts those bytes. */
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

    long trailingBytes() {
      return stored.size() - (filled - inf.getRemaining()) - TRAILER;
    }
  }
}
