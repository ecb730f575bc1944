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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Checks the first bytes of a source's files before any of them is read as a whole.
 *
 * @param separator of CSV fields, or null to check no headers
 * @param names of mapped columns, null for those not mapped
 */
public record HeadCheck(@Nullable Character separator, List<@Nullable String> names) {
  private static final int REQUESTS = 16;

  /**
   * What the first bytes show.
   *
   * @param fault of the file, or empty
   * @param lineBytes about how many bytes a line has, or 0 if that is not known
   */
  public record Result(Optional<HeadFault> fault, long lineBytes) {
    private static Result ofFault(HeadFault fault) {
      return new Result(Optional.of(fault), 0);
    }
  }

  /** Checks files; objects at once, because each costs a request. Keeps their order. */
  public List<Result> all(List<FoundFile> files) {
    List<Result> results = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);
    try {
      List<Future<Result>> checks =
          files.stream().map(file -> threads.submit(() -> of(file))).toList();
      for (Future<Result> check : checks) {
        results.add(check.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the check of a file failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the check of files was interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Checks a file. A truncated file is not a fault here. */
  public Result of(FoundFile file) {
    var truncation = new Truncation(file.name(), /* allowed= */ true);
    try (RangeStream stored = RangeStream.openUnsurveyed(file)) {
      FileHead head = FileHead.read(RangeText.text(stored, Integer.MAX_VALUE, truncation));
      HeadFault fault = head.fault();
      if (fault == null && separator != null && file.type() == FileType.CSV) {
        fault = header(head, separator, names).fault();
      }
      return new Result(Optional.ofNullable(fault), head.lineBytes());
    } catch (RefusedFileException e) {
      return Result.ofFault(HeadFault.ofFile(e.refusal().sentence()));
    } catch (IOException e) {
      return Result.ofFault(HeadFault.ofFile(FoundFiles.unreadable("It", e)));
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
