package dev.attune.format.conformance;

import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Checks what must be the same on all lines of a dataset: whether there is a system instruction,
 * and for lines with video the media resolution.
 */
final class Consistency {
  private long withSystem;
  private long withoutSystem;
  private long unread;
  private @Nullable Place firstWith;
  private @Nullable Place firstWithout;

  private @Nullable String resolution;
  private @Nullable Place otherResolution;

  /** Records a line that could be read. */
  void note(LineFacts facts, Findings findings, long line) {
    if (facts.system) {
      withSystem++;
      firstWith = firstWith == null ? new Place(findings, line) : firstWith;
    } else {
      withoutSystem++;
      firstWithout = firstWithout == null ? new Place(findings, line) : firstWithout;
    }
    if (facts.videos == 0) {
      return;
    }
    if (resolution == null) {
      resolution = facts.mediaResolution;
    } else if (otherResolution == null && !resolution.equals(facts.mediaResolution)) {
      otherResolution = new Place(findings, line);
    }
  }

  /** Counts a line that could not be read. */
  void noteUnread() {
    unread++;
  }

  /** Adds the findings to the files of their lines. */
  void finish() {
    boolean fewHave = withSystem < withoutSystem;
    Place place = fewHave ? firstWith : firstWithout;
    if (place != null && withSystem > 0 && withoutSystem > 0) {
      long all = withSystem + withoutSystem;
      String lines = unread == 0 ? all + " lines" : "the " + all + " lines that could be read";
      String count = withSystem + " of " + lines + (withSystem == 1 ? " has one" : " have one");
      place.add(
          Rule.SYSTEM_INSTRUCTION_INCONSISTENT,
          (fewHave ? "this line has a system instruction, " : "this line has none, ") + count);
    }
    if (otherResolution != null) {
      otherResolution.add(
          Rule.MEDIA_RESOLUTION_MIXED,
          "mediaResolution differs from that of the first line with video");
    }
  }

  /** A line of the file that has these findings. */
  private record Place(Findings findings, long line) {
    void add(Rule rule, String cause) {
      findings.add(rule, line, cause);
    }
  }
}
