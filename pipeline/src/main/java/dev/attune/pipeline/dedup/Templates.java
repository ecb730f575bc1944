package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Utf8Order;
import dev.attune.schema.Printable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Templates among the kept texts. A template is a set of shingles that so many texts share that it
 * does not join them.
 *
 * @param count the number of templates
 * @param largest the templates with the most texts, at most ten, the largest first
 */
public record Templates(long count, List<Template> largest) implements Serializable {
  private static final int MOST_LISTED = 10;
  private static final int NAMED = 5;
  private static final int LONGEST_ID = 80;
  private static final Comparator<Template> LARGEST_FIRST =
      Comparator.comparing(Template::texts, Comparator.reverseOrder())
          .thenComparing(Template::smallestId, Utf8Order.ASCENDING);

  /** No templates. */
  public static final Templates NONE = new Templates(0, List.of());

  /**
   * A template.
   *
   * @param texts the number of kept texts
   * @param smallestId the smallest full id of these texts
   */
  public record Template(int texts, String smallestId) implements Serializable {}

  public Templates {
    largest = largest.stream().sorted(LARGEST_FIRST).limit(MOST_LISTED).toList();
  }

  /** Returns the sum of both. */
  public Templates plus(Templates others) {
    List<Template> both = new ArrayList<>(largest);
    both.addAll(others.largest);
    return new Templates(count + others.count, both);
  }

  /** Returns the sum of all parts. */
  public static Templates sum(Iterable<Templates> parts) {
    Templates all = NONE;
    for (Templates part : parts) {
      all = all.plus(part);
    }
    return all;
  }

  /** Returns a note for the user, or an empty list if there are no templates. */
  public List<String> sentences() {
    if (count == 0) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Template template : largest.subList(0, Math.min(NAMED, largest.size()))) {
      names.add(
          String.format(
              Locale.ROOT,
              "that of %s (%,d texts)",
              Printable.shortened(template.smallestId, LONGEST_ID),
              template.texts));
    }
    return List.of(
        (count == 1 ? "1 template was" : String.format(Locale.ROOT, "%,d templates were", count))
            + " found: words that more than half of many texts share, which are left out where"
            + " these texts are compared, so that they are not joined for them. "
            + (count > names.size() ? "The largest: " : "Found: ")
            + String.join(", ", names)
            + ".");
  }
}
