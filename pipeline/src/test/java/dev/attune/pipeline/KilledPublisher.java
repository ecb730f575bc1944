package dev.attune.pipeline;

import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.run.lease.ShortLeases;
import java.nio.file.Path;
import java.time.Duration;

/** A process that prepares a dataset with short leases, for a test that kills it. */
public final class KilledPublisher {
  private KilledPublisher() {}

  public static void main(String[] args) throws Exception {
    ShortLeases.use(Duration.ofSeconds(2));
    BucketRuns.run(Path.of(args[0]), PrepareRunner.LOCAL, Path.of(args[1]), PrepareProgress.NONE);
  }
}
