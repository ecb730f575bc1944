package dev.attune.runner.step;

import java.io.IOException;

/** A step as one thread uses it. Its elements come in bundles. */
public abstract class StepInstance implements ElementReceiver {
  /** Ends the bundle; may send elements on. */
  public void finishBundle() {}

  /** Makes the finished bundle count. Called after all steps have finished theirs. */
  public void commitBundle() {}

  /**
   * Begins the next bundle with what the committed one left for it; false if that is nothing. May
   * wait, and is called until it returns false.
   */
  public boolean resume() {
    return false;
  }

  /** Forgets what a failed bundle did. */
  public void abortBundle() {}

  /** Hands over what the bundles left, after the last one. */
  public void close() throws IOException {}

  /** Releases resources. Called once, after the last bundle or a failure. */
  public void tearDown() {}
}
