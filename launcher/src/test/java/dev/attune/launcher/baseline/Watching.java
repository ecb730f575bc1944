package dev.attune.launcher.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Asks for a job until it is as it should be, as a command that watches does. */
final class Watching {
  private static final int LOOKS = 30_000;
  private static final long MILLIS_BETWEEN = 10;

  private Watching() {}

  static BackEndJob untilItEnds(LocalBackEnd backEnd, String name)
      throws BackEndException, InterruptedException {
    return until(backEnd, name, job -> job.state().isTerminal());
  }

  /** Five minutes at most. */
  static BackEndJob until(LocalBackEnd backEnd, String name, Predicate<BackEndJob> reached)
      throws BackEndException, InterruptedException {
    BackEndJob job = backEnd.get(name);
    for (int look = 0; look < LOOKS && !reached.test(job); look++) {
      new CountDownLatch(1).await(MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
      job = backEnd.get(name);
    }
    assertThat(job).matches(reached);
    return job;
  }
}
