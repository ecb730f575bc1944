package dev.attune.pipeline.source.file;

import dev.attune.pipeline.source.file.cut.ByteWindow;
import dev.attune.pipeline.source.file.cut.CsvCutter;
import dev.attune.pipeline.source.file.cut.RawRecord;
import dev.attune.pipeline.source.file.find.FoundFiles;
import dev.attune.pipeline.source.file.head.CsvHeader;
import dev.attune.pipeline.source.file.head.FileHead;
import dev.attune.pipeline.source.file.head.HeadFault;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.file.storage.RangeStream;
import dev.attune.pipeline.source.file.storage.RangeText;
import dev.attune.pipeline.source.file.storage.RefusedFileException;
import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the first bytes of a source's files before any of them is read as a whole.
 *
 * @param separator of CSV fields, or null to check no headers
 * @param names of mapped columns, null for those not mapped
 */
public record HeadCheck(@Nullable Character separator, List<@Nullable String> names) {
  /** Returns the fault of a file, or null. A truncated file is not a fault here. */
  public Optional<HeadFault> of(FoundFile file) {
    var truncation = new Truncation(file.name(), /* allowed= */ true);
    try (RangeStream stored = RangeStream.openUnsurveyed(file)) {
      FileHead head = FileHead.read(RangeText.text(stored, Integer.MAX_VALUE, truncation));
      HeadFault fault = head.fault();
      if (fault == null && separator != null && file.type() == FileType.CSV) {
        fault = header(head, separator, names).fault();
      }
      return Optional.ofNullable(fault);
    } catch (RefusedFileException e) {
      return Optional.of(HeadFault.ofFile(e.refusal().sentence()));
    } catch (IOException e) {
      return Optional.of(HeadFault.ofFile(FoundFiles.unreadable("It", e)));
    }
  }

  /** Refuses a file whose first bytes are not text in UTF-8. */
  static void requireText(FileHead head, String file) throws RefusedFileException {
    require(head.fault(), file);
  }

  /** Returns the header of a CSV file that is not refused because of it. */
  static CsvHeader requireHeader(
      FileHead head, String file, char separator, List<@Nullable String> names) throws IOException {
    CsvHeader header = header(head, separator, names);
    require(header.fault(), file);
    return header;
  }

  private static void require(@Nullable HeadFault fault, String file) throws RefusedFileException {
    if (fault != null) {
      throw new RefusedFileException(file, fault.sentence());
    }
  }

  private static CsvHeader header(FileHead head, char separator, List<@Nullable String> names)
      throws IOException {
    return head.header((text, whole) -> cut(text, whole, separator), separator, names);
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
      // There is text after a quote that closes lines later: the header's end is not known.
      return null;
    }
    boolean ends = whole || header.end() < text.length;
    return header.partial() || !ends
        ? null
        : Arrays.copyOfRange(header.bytes(), header.start(), header.end());
  }
}
