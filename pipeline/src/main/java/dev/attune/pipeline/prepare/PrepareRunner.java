package dev.attune.pipeline.prepare;

import java.util.Locale;

/** What executes the pipeline. */
public enum PrepareRunner {
  /** Beam's DirectRunner, in this process; all records are in its heap. */
  DIRECT,
  /**
   * Apache Flink: in this process, on loopback only, or a cluster where {@code --flinkMaster} names
   * one. It spills to disk what the heap does not hold.
   */
  FLINK;

  /** As it is typed behind {@code --runner}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
