package dev.attune.format.json;

import java.nio.charset.StandardCharsets;

/** Tells whether a text is one JSON object, as the arguments of a call have to be. */
public final class JsonObjectText {
  private final JsonCursor cursor = new JsonCursor();
  private boolean tooDeep;

  /** Whether it is; line feeds between its values are taken. */
  public boolean test(String text) {
    cursor.resetText(text.getBytes(StandardCharsets.UTF_8));
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
