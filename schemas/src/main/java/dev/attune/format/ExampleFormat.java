package dev.attune.format;

import dev.attune.schema.ExampleLine;

/** A provider's JSONL for supervised tuning. Implementations are stateless and thread-safe. */
public interface ExampleFormat {

  /**
   * One line, UTF-8, without the line feed. The same line for the same input, always: keys in a
   * fixed order, no white space, nothing escaped that JSON does not ask for.
   *
   * @throws IllegalArgumentException if the text holds half a surrogate pair, which UTF-8 cannot
   *     carry
   */
  byte[] encode(ExampleLine line);

  /**
   * What a line says; {@code decode(encode(x))} equals x.
   *
   * @throws ExampleFormatException if it is not a line of this format
   */
  ExampleLine decode(byte[] line);

  /**
   * Whether a line of this format can hold this media URI: its scheme and the type of its ending.
   */
  boolean supportsMedia(String uri);
}
