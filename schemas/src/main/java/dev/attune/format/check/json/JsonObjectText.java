package dev.attune.format.check.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells whether a text is one JSON object, as the arguments of a call have to be. */
public final class JsonObjectText {
  private final JsonCursor cursor = new JsonCursor();
  private boolean tooDeep;

  /** Whether it is; line feeds between its values are taken. */
  public boolean test(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] line = Arrays.copyOf(utf8, utf8.length + 1 + JsonCursor.SLACK);
    for (int i = 0; i < utf8.length; i++) {
      // To the cursor a line feed is the end; a carriage return is allowed at the same places.
      line[i] = line[i] == '\n' ? (byte) '\r' : line[i];
    }
    line[utf8.length] = '\n';
    cursor.reset(line, 0, utf8.length);
    tooDeep = false;
    try {
      if (cursor.peek() != '{') {
        return false;
      }
      cursor.skip();
      cursor.finish();
      return true;
    } catch (MalformedLineException e) {
      tooDeep = e.tooDeep();
      return false;
    }
  }

  /** Whether the text tested last may be one, but is nested deeper than is read. */
  public boolean tooDeep() {
    return tooDeep;
  }
}
