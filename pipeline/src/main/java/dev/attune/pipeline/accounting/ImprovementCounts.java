package dev.attune.pipeline.accounting;

import dev.attune.schema.DatasetManifest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the lines of improvements, which are not records. Each line is in one of the four
 * parts.
 *
 * @param read all lines
 * @param used lines whose answer a row has
 * @param withoutRow lines whose id no row has
 * @param outdated lines for another version of their row, or replaced by another line
 * @param notNeeded lines for a row that is an example without them, or is none with them
 */
public record ImprovementCounts(
    long read, long used, long withoutRow, long outdated, long notNeeded) implements Serializable {
  public static final ImprovementCounts NONE = new ImprovementCounts(0, 0, 0, 0, 0);

  public ImprovementCounts {
    if (read != used + withoutRow + outdated + notNeeded) {
      throw new IllegalArgumentException("the parts do not make the sum");
    }
  }

  /** Returns the sum of both. */
  public ImprovementCounts plus(ImprovementCounts other) {
    return new ImprovementCounts(
        read + other.read,
        used + other.used,
        withoutRow + other.withoutRow,
        outdated + other.outdated,
        notNeeded + other.notNeeded);
  }

  /** Returns the counts as the manifest has them. */
  public DatasetManifest.Improvements toManifest() {
    return new DatasetManifest.Improvements(read, used, withoutRow, outdated, notNeeded);
  }

  /** Returns a sentence about the unused lines, or null if all lines were used. */
  public @Nullable String note() {
    if (used == read) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    add(withoutRow, "matched no row", parts);
    add(outdated, "written for another version of its row", parts);
    add(notNeeded, "of a row that needs no improvement", parts);
    return "Improvements: "
        + used
        + " of "
        + read
        + " used; not used: "
        + String.join(", ", parts)
        + ".";
  }

  private static void add(long count, String what, List<String> to) {
    if (count > 0) {
      to.add(count + " " + what);
    }
  }
}
