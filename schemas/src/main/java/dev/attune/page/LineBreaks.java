package dev.attune.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits names where a narrow column may break them: after a separator, and inside very long runs.
 */
public final class LineBreaks {
  /** A longer run without a separator does not fit into a column of a phone. */
  private static final int LONGEST = 22;

  private static final Pattern AFTER_JOINT = Pattern.compile("(?<=[/_:-])(?![/_:-])");

  private LineBreaks() {}

  /** Returns the pieces of a name between which a line may break. */
  public static List<String> pieces(String name) {
    List<String> pieces = new ArrayList<>();
    for (String joined : AFTER_JOINT.split(name, -1)) {
      addShort(joined, pieces);
    }
    return List.copyOf(pieces);
  }

  private static void addShort(String text, List<String> pieces) {
    int from = 0;
    int run = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      run = Character.isWhitespace(text.codePointAt(at)) ? 0 : run + 1;
      if (run > LONGEST) {
        pieces.add(text.substring(from, at));
        from = at;
        run = 1;
      }
    }
    pieces.add(text.substring(from));
  }
}
