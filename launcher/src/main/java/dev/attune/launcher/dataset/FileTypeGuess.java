package dev.attune.launcher.dataset;

import dev.attune.message.Messages;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses the type of a file that does not contain lines of JSON. */
final class FileTypeGuess {
  private static final int HEAD_BYTES = 1 << 16;

  private static final String GZIP = "\u001f\u008b";
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  /** A separator without a space after it: in prose a space follows a comma. */
  private static final Pattern CSV_HEADER = Pattern.compile("[^,;\t]*(?:[,;\t](?! )[^,;\t]*)+");

  private FileTypeGuess() {}

  /**
   * Returns a sentence about the type of a file by its first bytes, and what is expected.
   *
   * @param name name of the file for the sentence
   * @return null if the file is empty, begins with an object, or has objects on half of its lines
   */
  static @Nullable String sentence(Place file, String name) throws IOException {
    String head = head(file);
    if (head.startsWith(GZIP)) {
      return Messages.of("launcher.check.gzip", name);
    }
    if (head.indexOf('\0') >= 0) {
      return Messages.of("launcher.check.binary", name);
    }
    List<String> lines = head.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    long objects = lines.stream().filter(line -> line.startsWith("{")).count();
    if (lines.isEmpty() || lines.get(0).startsWith("{") || 2 * objects >= lines.size()) {
      return null;
    }
    boolean csv = CSV_HEADER.matcher(lines.get(0)).matches();
    return Messages.of(csv ? "launcher.check.csv" : "launcher.check.plain-text", name);
  }

  private static String head(Place file) throws IOException {
    try (InputStream in = file.open()) {
      String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
      return head.startsWith(BYTE_ORDER_MARK) ? head.substring(BYTE_ORDER_MARK.length()) : head;
    }
  }
}
