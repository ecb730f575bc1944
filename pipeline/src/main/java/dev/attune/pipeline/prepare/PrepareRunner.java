package dev.attune.pipeline.prepare;

import java.util.Locale;

/** The Beam runner that executes the pipeline. */
public enum PrepareRunner {
  /** Attune's local runner in this process; spills to disk what does not fit into the heap. */
  LOCAL,
  /** Beam's DirectRunner in this process; all records are in the heap. */
  DIRECT,
  /**
   * Apache Flink: in this process, on loopback only, or on the cluster that {@code --flinkMaster}
   * names. It spills to disk.
   */
  FLINK,
  /** Google Cloud Dataflow. Sources and output must be where its workers reach them. */
  DATAFLOW;

  /** Returns the value of {@code --runner}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
