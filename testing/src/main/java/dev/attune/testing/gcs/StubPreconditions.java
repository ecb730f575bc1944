package dev.attune.testing.gcs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call demands of an object before it may read or change it. Null where it demands nothing.
 * A generation of 0 means that there is no object.
 */
record StubPreconditions(
    @Nullable Long generationMatch,
    @Nullable Long generationNotMatch,
    @Nullable Long metagenerationMatch,
    @Nullable Long metagenerationNotMatch) {
  static final StubPreconditions NONE = new StubPreconditions(null, null, null, null);

  /** Of the object that is named in the path. */
  static StubPreconditions of(Map<String, String> parameters) throws StubRefusal {
    return of(parameters, "if");
  }

  /** Of the source of a copy. */
  static StubPreconditions ofSource(Map<String, String> parameters) throws StubRefusal {
    return of(parameters, "ifSource");
  }

  private static StubPreconditions of(Map<String, String> parameters, String prefix)
      throws StubRefusal {
    return new StubPreconditions(
        number(parameters, prefix + "GenerationMatch"),
        number(parameters, prefix + "GenerationNotMatch"),
        number(parameters, prefix + "MetagenerationMatch"),
        number(parameters, prefix + "MetagenerationNotMatch"));
  }

  static @Nullable Long number(Map<String, String> parameters, String name) throws StubRefusal {
    String text = parameters.get(name);
    if (text == null) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw StubRefusal.invalid("Invalid value for " + name + ": " + text);
    }
  }

  /**
   * Refuses with 412 what does not hold.
   *
   * @param current null if there is no object
   */
  void check(@Nullable StubObject current) throws StubRefusal {
    if (!matches(current) || isExcluded(current)) {
      throw StubRefusal.conditionNotMet();
    }
  }

  /** The same for a call that only reads: 304 for an object that is still the excluded one. */
  void checkForReading(StubObject current) throws StubRefusal {
    if (!matches(current)) {
      throw StubRefusal.conditionNotMet();
    }
    if (isExcluded(current)) {
      throw new StubRefusal(304, "notModified", "Not Modified");
    }
  }

  private boolean matches(@Nullable StubObject current) {
    return (generationMatch == null || generationMatch == generation(current))
        && (metagenerationMatch == null || metagenerationMatch == metageneration(current));
  }

  private boolean isExcluded(@Nullable StubObject current) {
    return (generationNotMatch != null && generationNotMatch == generation(current))
        || (metagenerationNotMatch != null && metagenerationNotMatch == metageneration(current));
  }

  private static long generation(@Nullable StubObject object) {
    return object == null ? 0 : object.generation();
  }

  private static long metageneration(@Nullable StubObject object) {
    return object == null ? 0 : object.metageneration();
  }
}
