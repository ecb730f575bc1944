package dev.attune.runner.shuffle;

import java.util.List;

/** The payloads of one key. */
public final class GroupedPayloads {
  private final List<RunCursor> starts;

  GroupedPayloads(List<RunCursor> starts) {
    this.starts = starts;
  }

  /** Returns a cursor before the first payload. */
  public PayloadCursor cursor() {
    return new PayloadCursor(starts);
  }
}
