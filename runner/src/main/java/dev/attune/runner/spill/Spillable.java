package dev.attune.runner.spill;

import java.io.IOException;

/** Holds encoded elements in the heap and can move them to a file. */
public interface Spillable {
  /** The number of heap bytes that {@link #spill} would release now. */
  long spillableBytes();

  /** Writes them to a file and releases them from the budget. Called by one thread at a time. */
  void spill() throws IOException;
}
