package dev.attune.schema;

import java.util.List;

/**
 * One turn of an example.
 *
 * @param role the speaker
 * @param text not blank in a valid example
 * @param media {@code gs://} or {@code https://} URIs before the text, in order; mostly empty
 */
public record Turn(Role role, String text, List<String> media) {
  public Turn {
    media = List.copyOf(media);
  }

  /** Returns a turn of the user without media. */
  public static Turn user(String text) {
    return new Turn(Role.USER, text, List.of());
  }

  /** Returns a turn of the model without media. */
  public static Turn model(String text) {
    return new Turn(Role.MODEL, text, List.of());
  }
}
