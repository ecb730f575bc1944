package dev.attune.pipeline.source.file;

import java.io.IOException;

/** The mark with which some programs start a text file. */
final class ByteOrderMark {
  private ByteOrderMark() {}

  /** Skips that of UTF-8; refuses the file for that of UTF-16. */
  static void skip(String file, ByteWindow window) throws IOException {
    boolean more = true;
    while (more && window.limit < 3) {
      more = window.more();
    }
    if (starts(window, 0xfe, 0xff) || starts(window, 0xff, 0xfe)) {
      throw new RefusedFileException(file, "The file is UTF-16: convert it to UTF-8.");
    }
    if (starts(window, 0xef, 0xbb, 0xbf)) {
      window.at += 3;
    }
  }

  private static boolean starts(ByteWindow window, int... mark) {
    boolean same = window.limit >= mark.length;
    for (int i = 0; same && i < mark.length; i++) {
      same = (window.bytes[i] & 0xff) == mark[i];
    }
    return same;
  }
}
