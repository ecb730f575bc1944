package dev.attune.format;

import dev.attune.schema.ExampleLine;
import java.io.Serializable;

/**
 * A provider's JSONL for supervised tuning. Implementations are stateless, thread-safe and
 * serializable, since they travel to workers.
 */
public interface ExampleFormat extends Serializable {

  /**
   * Returns one line in UTF-8 without the line feed. Deterministic: keys in a fixed order, no white
   * space, only the escapes that JSON requires.
   *
   * @throws IllegalArgumentException if a text has half a surrogate pair, which UTF-8 cannot
   *     encode, if there is no turn, or if the format does not support a turn's media
   */
  byte[] encode(ExampleLine line);

  /**
   * Returns the example of a line; {@code decode(encode(x))} equals x. Strict: accepts only what
   * {@link #encode} writes, with keys in any order and white space between tokens.
   *
   * @throws ExampleFormatException if the line is not of this format
   */
  ExampleLine decode(byte[] line);

  /** Returns whether the format supports a media URI, by its scheme and ending. */
  boolean supportsMedia(String uri);
}
