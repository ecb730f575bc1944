package dev.attune.testing.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops clients at a call. What they would do next, such as die, is up to the test. */
public final class CallHold {
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  CallHold() {}

  void hold() throws InterruptedException {
    arrived.countDown();
    released.await();
  }

  /**
   * Waits until a call is held.
   *
   * @throws IllegalStateException if none comes within this time
   */
  public void awaitCall(Duration limit) throws InterruptedException {
    if (!arrived.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("no call to hold within " + limit);
    }
  }

  /** Lets the held calls and all later ones go on. */
  public void release() {
    released.countDown();
  }
}
