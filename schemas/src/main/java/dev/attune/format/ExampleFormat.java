package dev.attune.format;

import dev.attune.schema.ExampleLine;
import java.io.Serializable;

/**
 * A provider's JSONL for supervised tuning. Implementations are stateless, thread-safe and
 * serializable, since they travel to workers.
 */
public interface ExampleFormat extends Serializable {

  /**
   * One line, UTF-8, without the line feed. The same line for the same input, always: keys in a
   * fixed order, no white space, nothing escaped that JSON does not ask for.
   *
   * @throws IllegalArgumentException if a text holds half a surrogate pair, which UTF-8 cannot
   *     carry, if there is no turn, or if the format cannot hold a turn's media
   */
  byte[] encode(ExampleLine line);

  /**
   * What a line says; {@code decode(encode(x))} equals x. Strict: it takes what {@link #encode}
   * writes, with keys in any order and white space between them, and nothing else.
   *
   * @throws ExampleFormatException if it is not a line of this format
   */
  ExampleLine decode(byte[] line);

  /**
   * Whether a line of this format can hold this media URI: its scheme and the type of its ending.
   */
  boolean supportsMedia(String uri);
}
