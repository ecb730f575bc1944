package dev.attune.format.json;

import java.nio.charset.StandardCharsets;

/** Tests whether a text is one JSON object, as required of the arguments of a call. */
public final class JsonObjectText {
  private final JsonCursor cursor = new JsonCursor();
  private boolean tooDeep;

  /** Returns whether a text is one JSON object; it may have line feeds between values. */
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

  /** Returns whether the last text exceeded the nesting limit. */
  public boolean tooDeep() {
    return tooDeep;
  }
}
