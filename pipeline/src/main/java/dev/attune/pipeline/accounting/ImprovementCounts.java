package dev.attune.pipeline.accounting;

import dev.attune.schema.DatasetManifest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of lines in the improvement files, by their use. The lines are not records; each line
 * is counted in exactly one of the four parts.
 *
 * @param read all lines
 * @param used lines whose response became the answer of a row
 * @param withoutRow lines whose id is not the id of any row
 * @param outdated lines for another version of their row, or replaced by another line
 * @param notNeeded lines for a row that is an example without an improvement, or that is rejected
 *     even with one
 */
public record ImprovementCounts(
    long read, long used, long withoutRow, long outdated, long notNeeded) implements Serializable {
  public static final ImprovementCounts NONE = new ImprovementCounts(0, 0, 0, 0, 0);

  public ImprovementCounts {
    if (read != used + withoutRow + outdated + notNeeded) {
      throw new IllegalArgumentException("the parts do not make the sum");
    }
  }

  /** Returns the sums of these counts and others. */
  public ImprovementCounts plus(ImprovementCounts other) {
    return new ImprovementCounts(
        read + other.read,
        used + other.used,
        withoutRow + other.withoutRow,
        outdated + other.outdated,
        notNeeded + other.notNeeded);
  }

  /** Returns the entry of the manifest. */
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
