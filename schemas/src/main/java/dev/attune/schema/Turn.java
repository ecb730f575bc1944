package dev.attune.schema;

import java.util.List;

/**
 * One turn of an example.
 *
 * @param role who speaks
 * @param text what is said; not blank in a valid example
 * @param media {@code gs://} or {@code https://} URIs that stand before the text, in order; mostly
 *     empty
 */
public record Turn(Role role, String text, List<String> media) {
  public Turn {
    media = List.copyOf(media);
  }

  /** A turn of the user without media. */
  public static Turn user(String text) {
    return new Turn(Role.USER, text, List.of());
  }

  /** A turn of the model. */
  public static Turn model(String text) {
    return new Turn(Role.MODEL, text, List.of());
  }
}
