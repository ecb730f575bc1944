package dev.attune.bench.measure;

import java.util.Locale;

/** A measured program: prepare with one of its runners, or the limit program. */
enum BenchProgram {
  LOCAL,
  DIRECT,
  FLINK,
  LIMIT;

  /** Returns the name on the command line. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
