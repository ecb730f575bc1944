package dev.attune.pipeline;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The metadata of a lock of another machine. */
final class ForeignLock {
  private ForeignLock() {}

  /** A lock whose owner wrote that it is valid until then, from now. */
  static Map<String, String> until(Duration time) {
    return Map.of(
        "attune-owner",
        "another",
        "attune-user",
        "eve",
        "attune-host",
        "elsewhere",
        "attune-since",
        "2026-01-01T00:00:00Z",
        "attune-until",
        InstantSource.system().instant().plus(time).toString());
  }
}
