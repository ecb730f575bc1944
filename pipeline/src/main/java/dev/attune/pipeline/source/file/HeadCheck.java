package dev.attune.pipeline.source.file;

import dev.attune.pipeline.source.file.head.CsvHeader;
import dev.attune.pipeline.source.file.head.FileHead;
import dev.attune.pipeline.source.file.head.HeadFault;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Judges the files of a source by their first bytes, before any of them is read whole. */
public final class HeadCheck {
  private final @Nullable Character separator;
  private final List<@Nullable String> names;

  /**
   * For the files of a source.
   *
   * @param separator of CSV fields, or null where headers are not to be judged
   * @param names of mapped columns, null for those not mapped
   */
  public HeadCheck(@Nullable Character separator, List<@Nullable String> names) {
    this.separator = separator;
    this.names = names;
  }

  /** What is wrong with a file; nothing of one that only ends too early. */
  public Optional<HeadFault> of(FoundFile file) {
    try (InputStream stored = new BufferedInputStream(Files.newInputStream(file.path()))) {
      InputStream in = FileType.isGz(file.name()) ? new Unpacked(stored) : stored;
      FileHead head = FileHead.read(in);
      HeadFault fault = head.fault();
      if (fault == null && separator != null && file.type() == FileType.CSV) {
        fault = header(head, in, separator, names).fault();
      }
      return Optional.ofNullable(fault);
    } catch (ZipException e) {
      return Optional.of(new HeadFault(GunzipStream.DAMAGED, -1));
    } catch (IOException e) {
      return Optional.of(new HeadFault("It " + InputFiles.unreadable(e), -1));
    }
  }

  /** The header of a CSV file, as every reader of it judges it. */
  static CsvHeader header(
      FileHead head, InputStream in, char separator, List<@Nullable String> names)
      throws IOException {
    return head.header(in, (text, whole) -> cut(text, whole, separator), separator, names);
  }

  private static byte @Nullable [] cut(byte[] text, boolean whole, char separator)
      throws IOException {
    var window = new ByteWindow(new ByteArrayInputStream(text), Math.max(1, text.length));
    var truncation = new Truncation("", /* allowed= */ true);
    var header = new RawRecord("");
    try {
      if (!new CsvCutter("", window, truncation, separator).next(header)) {
        return whole ? new byte[0] : null;
      }
    } catch (RefusedFileException e) {
      // Text behind a quote that closes lines later: where the header ends cannot be said.
      return null;
    }
    boolean ends = whole || header.end() < text.length;
    return header.partial() || !ends
        ? null
        : Arrays.copyOfRange(header.bytes(), header.start(), header.end());
  }

  /** Ends where a gzip file ends too early: whether that is allowed is decided when it is read. */
  private static final class Unpacked extends InputStream {
    private final InputStream stored;
    private @Nullable GZIPInputStream in;

    Unpacked(InputStream stored) {
      this.stored = stored;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        if (in == null) {
          in = new GZIPInputStream(stored);
        }
        return in.read(into, offset, length);
      } catch (EOFException e) {
        return -1;
      }
    }
  }
}
