package dev.attune.pipeline.source.file.head;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Detects by its first bytes a file that is not the text that its name says. */
final class OtherFormat {
  private static final int SHOWN_BYTES = 4_096;

  /** The first bytes of a kind of file. */
  private record Start(String bytes, String sentence) {
    boolean starts(String head) {
      return head.startsWith(bytes);
    }
  }

  private static final String UNPACK = ": unpack it, or compress it with gzip.";
  private static final String EXPORT = ": export its records as CSV or JSON lines.";

  private static final List<Start> BINARY =
      List.of(
          new Start(
              "\u001f\u008b",
              "The file is compressed with gzip: add .gz to its name, or unpack it."),
          new Start("\u00fd7zXZ\0", "The file is compressed with xz" + UNPACK),
          new Start("(\u00b5/\u00fd", "The file is compressed with zstd" + UNPACK),
          new Start("7z\u00bc\u00af", "The file is a 7z archive: unpack it."),
          new Start(
              "\u00d0\u00cf\u0011\u00e0",
              "The file seems to be an old Excel workbook: save it as CSV in UTF-8."),
          new Start("PAR1\u0015", "The file is Parquet" + EXPORT),
          new Start("Obj\u0001", "The file is Avro" + EXPORT),
          new Start("SQLite format 3\0", "The file is an SQLite database" + EXPORT),
          new Start("%PDF-", "The file is a PDF" + EXPORT),
          new Start("{\\rtf", "The file is rich text (RTF): save it as plain text in UTF-8."),
          new Start(
              "version https://git-lfs.github.com/spec/",
              "The file is a pointer of Git LFS: fetch its content with git lfs pull."));

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
      return Optional.of("The file is compressed with bzip2" + UNPACK);
    }
    for (Start kind : BINARY) {
      if (kind.starts(start)) {
        return Optional.of(kind.sentence());
      }
    }
    String page = start.stripLeading().toLowerCase(Locale.ROOT);
    return page.startsWith("<!doctype html") || page.startsWith("<html")
        ? Optional.of(
            "The file is a web page (HTML), perhaps one that asks to log in: download the data"
                + " again.")
        : Optional.empty();
  }

  private static String ofZip(String start) {
    boolean workbook =
        start.contains("[Content_Types].xml")
            || start.contains("xl/")
            || start.contains("opendocument.spreadsheet");
    return workbook
        ? "The file seems to be a workbook (xlsx or ods): save it as CSV in UTF-8."
        : "The file is a zip archive: unpack it.";
  }
}
