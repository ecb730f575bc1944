package dev.attune.runner.step;

import java.io.IOException;
import java.util.List;

/** Where a stage's elements come from. */
public interface BundleSource {
  /** Divides the elements into bundles. Called when everything that the stage needs is there. */
  List<Bundle> plan() throws IOException;

  /** Releases what has not been released yet, after the last bundle. */
  default void close() throws IOException {}

  /** Elements that one thread processes together. */
  interface Bundle {
    /** Sends all elements of the bundle. */
    void process(ElementReceiver receiver) throws IOException;

    /** The bundle's size in bytes, as far as it is known; 0 otherwise. */
    default long bytes() {
      return 0;
    }
  }
}
