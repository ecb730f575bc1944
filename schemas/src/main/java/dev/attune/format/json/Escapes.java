package dev.attune.format.json;

/** Escapes of JSON strings that were found to be well-formed. */
final class Escapes {
  private Escapes() {}

  /** The text that a string with escapes stands for. */
  static String resolve(String raw) {
    var text = new StringBuilder(raw.length());
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        i++;
        continue;
      }
      char kind = raw.charAt(i + 1);
      if (kind == 'u') {
        text.append((char) Integer.parseInt(raw, i + 2, i + 6, 16));
        i += 6;
        continue;
      }
      text.append(
          switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
          });
      i += 2;
    }
    return text.toString();
  }
}
