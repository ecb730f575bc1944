package dev.attune.pipeline.source.file.head;

import dev.attune.message.Messages;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Detects by its first bytes a file that is not the text that its name says. */
final class OtherFormat {
  private static final int SHOWN_BYTES = 4_096;

  /** The sentences about kinds of files, by their first bytes. */
  private static final Map<String, String> BINARY =
      Map.ofEntries(
          Map.entry("\u001f\u008b", Messages.of("pipeline.head.gzip")),
          Map.entry("\u00fd7zXZ\0", Messages.of("pipeline.head.xz")),
          Map.entry("(\u00b5/\u00fd", Messages.of("pipeline.head.zstd")),
          Map.entry("7z\u00bc\u00af", Messages.of("pipeline.head.7z")),
          Map.entry("\u00d0\u00cf\u0011\u00e0", Messages.of("pipeline.head.old-excel")),
          Map.entry("PAR1\u0015", Messages.of("pipeline.head.parquet")),
          Map.entry("Obj\u0001", Messages.of("pipeline.head.avro")),
          Map.entry("SQLite format 3\0", Messages.of("pipeline.head.sqlite")),
          Map.entry("%PDF-", Messages.of("pipeline.head.pdf")),
          Map.entry("{\\rtf", Messages.of("pipeline.head.rtf")),
          Map.entry("version https://git-lfs.github.com/spec/", Messages.of("pipeline.head.lfs")));

  private OtherFormat() {}

  /**
   * Returns the sentence for a file of another kind.
   *
   * @param head the first bytes, without a byte order mark
   */
  static Optional<String> fault(byte[] head) {
    int length = Math.min(head.length, SHOWN_BYTES);
    String start = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    if (start.startsWith("PK\u0003\u0004")) {
      return Optional.of(ofZip(start));
    }
    if (start.startsWith("BZh") && start.startsWith("1AY&SY", 4)) {
      return Optional.of(Messages.of("pipeline.head.bzip2"));
    }
    for (Map.Entry<String, String> kind : BINARY.entrySet()) {
      if (start.startsWith(kind.getKey())) {
        return Optional.of(kind.getValue());
      }
    }
    String page = start.stripLeading().toLowerCase(Locale.ROOT);
    return page.startsWith("<!doctype html") || page.startsWith("<html")
        ? Optional.of(Messages.of("pipeline.head.html"))
        : Optional.empty();
  }

  private static String ofZip(String start) {
    boolean workbook =
        start.contains("[Content_Types].xml")
            || start.contains("xl/")
            || start.contains("opendocument.spreadsheet");
    return Messages.of(workbook ? "pipeline.head.workbook" : "pipeline.head.zip");
  }
}
