package dev.attune.pipeline.example;

import java.util.Comparator;

/**
 * Compares texts by their UTF-8 bytes as unsigned, which is the order of their code points. {@link
 * String#compareTo} differs for characters beyond U+FFFF.
 */
public enum Utf8Order implements Comparator<String> {
  ASCENDING;

  @Override
  public int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates encode code points above every other char, including the chars from U+E000 on.
        boolean xHigh = Character.isSurrogate(x);
        boolean yHigh = Character.isSurrogate(y);
        return xHigh == yHigh ? Character.compare(x, y) : xHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
