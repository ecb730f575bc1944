package dev.attune.testing.http;

import java.io.IOException;

/**
 * Looks at a call. It may wait, and change what the stub holds.
 *
 * @param <C> a call
 */
@FunctionalInterface
public interface FaultHook<C> {
  /**
   * Called on the thread that serves the call.
   *
   * @throws InterruptedException if the stub is closed meanwhile; the call is then dropped
   */
  void accept(C call) throws InterruptedException, IOException;
}
