package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text and what a person marked in it.
 *
 * @param text without the marks
 * @param spans in their order
 * @param expected with placeholders for what was marked
 */
record LabelledText(String text, List<Span> spans, String expected) {
  private static final char OPEN = '⟦';
  private static final char CLOSE = '⟧';

  /** All cases of labelled.txt. */
  static List<LabelledText> all() throws IOException {
    try (InputStream in = LabelledText.class.getResourceAsStream("labelled.txt")) {
      if (in == null) {
        throw new IOException("labelled.txt is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("# "))
          .map(LabelledText::parse)
          .toList();
    }
  }

  private static LabelledText parse(String line) {
    StringBuilder text = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    List<Span> spans = new ArrayList<>();
    int done = 0;
    for (int open = line.indexOf(OPEN); open >= 0; open = line.indexOf(OPEN, done)) {
      int colon = line.indexOf(':', open);
      int close = line.indexOf(CLOSE, open);
      PersonalKind kind = PersonalKind.valueOf(line.substring(open + 1, colon));
      text.append(line, done, open);
      expected.append(line, done, open).append(kind.placeholder());
      int start = text.length();
      text.append(line, colon + 1, close);
      spans.add(new Span(start, text.length(), kind));
      done = close + 1;
    }
    text.append(line, done, line.length());
    expected.append(line, done, line.length());
    return new LabelledText(text.toString(), spans, expected.toString());
  }
}
