package dev.attune.format;

import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import org.jspecify.annotations.Nullable;

/** Base of the providers' formats: an object whose last key is the list of turns. */
public abstract class LineFormat implements ExampleFormat {
  private static final long serialVersionUID = 1L;
  private static final byte[] COMMA = Utf8JsonWriter.ascii(",");
  private static final byte[] END = Utf8JsonWriter.ascii("]}");

  @Override
  public final byte[] encode(ExampleLine line) {
    if (line.turns().isEmpty()) {
      throw new IllegalArgumentException("an example without turns");
    }
    Utf8JsonWriter out = new Utf8JsonWriter(expectedBytes(line));
    writeStart(line.system(), out);
    for (int i = 0; i < line.turns().size(); i++) {
      if (i > 0) {
        out.raw(COMMA);
      }
      writeTurn(line.turns().get(i), out);
    }
    return out.raw(END).toByteArray();
  }

  /** Writes everything before the first turn. */
  protected abstract void writeStart(@Nullable String system, Utf8JsonWriter out);

  /** Writes one turn. */
  protected abstract void writeTurn(Turn turn, Utf8JsonWriter out);

  private static int expectedBytes(ExampleLine line) {
    String system = line.system();
    int bytes = 128 + (system == null ? 0 : system.length());
    for (Turn turn : line.turns()) {
      bytes += 64 + turn.text().length() + turn.media().size() * 128;
    }
    // Room for some escapes and characters of several bytes, so that the buffer seldom grows.
    return bytes + (bytes >> 4);
  }
}
