package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Utf8Order;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Templates among the texts that stay: shingles that so many texts share that they do not join
 * them.
 *
 * @param count how many there are
 * @param largest at most ten of them, those with the most texts, the largest first
 */
public record Templates(long count, List<Template> largest) implements Serializable {
  private static final int TOLD = 10;
  private static final Comparator<Template> LARGEST_FIRST =
      Comparator.comparing(Template::texts, Comparator.reverseOrder())
          .thenComparing(Template::smallestId, Utf8Order.ASCENDING);

  /** None. */
  public static final Templates NONE = new Templates(0, List.of());

  /**
   * One of them.
   *
   * @param texts how many stay
   * @param smallestId the smallest full id of theirs
   */
  public record Template(int texts, String smallestId) implements Serializable {}

  public Templates {
    largest = largest.stream().sorted(LARGEST_FIRST).limit(TOLD).toList();
  }

  /** These and the others. */
  public Templates plus(Templates others) {
    List<Template> both = new ArrayList<>(largest);
    both.addAll(others.largest);
    return new Templates(count + others.count, both);
  }
}
