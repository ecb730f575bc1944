package dev.attune.format.check;

import org.jspecify.annotations.Nullable;

/**
 * What must be the same on every line of a dataset, in both of its files: whether there is a system
 * instruction, and where there is video the media resolution.
 */
final class Consistency {
  private long withSystem;
  private long withoutSystem;
  private @Nullable Place firstWith;
  private @Nullable Place firstWithout;

  private boolean video;
  private @Nullable String resolution;
  private @Nullable Place otherResolution;

  /** Notes a line that could be read. */
  void note(LineFacts facts, Findings findings, long line) {
    if (facts.system) {
      withSystem++;
      firstWith = firstWith == null ? new Place(findings, line) : firstWith;
    } else {
      withoutSystem++;
      firstWithout = firstWithout == null ? new Place(findings, line) : firstWithout;
    }
    video |= facts.videos > 0;
    if (resolution == null) {
      resolution = facts.mediaResolution;
    } else if (otherResolution == null && !resolution.equals(facts.mediaResolution)) {
      otherResolution = new Place(findings, line);
    }
  }

  /** Adds what was found to the files where it was found. */
  void finish() {
    boolean fewHave = withSystem < withoutSystem;
    Place place = fewHave ? firstWith : firstWithout;
    if (place != null && withSystem > 0 && withoutSystem > 0) {
      String count = withSystem + " of " + (withSystem + withoutSystem) + " lines have one";
      place
          .findings()
          .add(
              Rule.SYSTEM_INSTRUCTION_INCONSISTENT,
              place.line(),
              (fewHave ? "here is a system instruction, " : "here is none, ") + count);
    }
    if (video && otherResolution != null) {
      otherResolution
          .findings()
          .add(
              Rule.MEDIA_RESOLUTION_MIXED,
              otherResolution.line(),
              "mediaResolution is another one than on the first line");
    }
  }

  /** A line, and where its findings go. */
  private record Place(Findings findings, long line) {}
}
