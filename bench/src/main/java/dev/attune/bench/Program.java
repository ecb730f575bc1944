package dev.attune.bench;

import java.util.Locale;

/** What is measured: prepare with one of its runners, or what there would be without Beam. */
enum Program {
  DIRECT,
  FLINK,
  LIMIT;

  /** As it is typed. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
