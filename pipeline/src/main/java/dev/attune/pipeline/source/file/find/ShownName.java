package dev.attune.pipeline.source.file.find;

import java.util.Locale;

/** Escapes names of files and columns for a sentence on a terminal. */
public final class ShownName {
  private ShownName() {}

  /**
   * Returns the name with control characters, direction marks and lone surrogates escaped as in
   * Java, so that different names stay different.
   */
  public static String of(String name) {
    StringBuilder shown = new StringBuilder(name.length());
    name.codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return shown.toString();
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      // Joiners are part of words and of emoji.
      case Character.FORMAT -> codePoint == 0x200c || codePoint == 0x200d;
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
