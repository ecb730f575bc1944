package dev.attune.pipeline.run.dataflow;

import dev.attune.catalog.DataflowPrices;
import dev.attune.catalog.DataflowPrices.Usage;

/**
 * What a job will take, by the model of docs/dataflow.md. Errs on the expensive side.
 *
 * @param workers most workers that are likely to run at a time
 * @param usage of resources
 * @param usd cost in US dollars
 */
record JobEstimate(int workers, Usage usage, double usd) {
  // Measured on one processor with the local runner: bench/RESULTS.md.
  private static final double SECONDS_PER_RECORD = 48e-6;
  private static final double SECONDS_PER_RECORD_WITH_NEAR = 139e-6;

  // How much more Dataflow takes than the local runner: for encoding between steps, the shuffle
  // service, and workers that wait for one another. A judgement, not a measurement.
  private static final double OVERHEAD = 3;

  // Times that each byte of the input passes through the shuffle.
  private static final double SHUFFLES = 4;

  private static final double START_HOURS = 4 / 60.0;
  private static final double AIM_HOURS = 0.25;
  private static final double DISK_GB = 25;
  private static final double BYTES_PER_GB = 1e9;
  private static final double SECONDS_PER_HOUR = 3600;

  /**
   * The input of a job.
   *
   * @param records of all sources
   * @param bytes of all sources, not compressed
   * @param near whether near duplicates are looked for
   */
  record Input(long records, long bytes, boolean near) {}

  /**
   * Estimates a job.
   *
   * @param maxWorkers the largest number of workers
   */
  static JobEstimate of(Input input, MachineShape machine, int maxWorkers, boolean flexRs) {
    double seconds = input.near() ? SECONDS_PER_RECORD_WITH_NEAR : SECONDS_PER_RECORD;
    double work = input.records() * seconds * OVERHEAD / SECONDS_PER_HOUR;
    int workers =
        (int) Math.max(1, Math.min(maxWorkers, Math.ceil(work / machine.vcpus() / AIM_HOURS)));
    double workerHours = work / machine.vcpus() + workers * START_HOURS;
    Usage usage =
        new Usage(
            workerHours * machine.vcpus(),
            workerHours * machine.memoryGb(),
            workerHours * DISK_GB,
            DataflowPrices.billedShuffleGb(input.bytes() * SHUFFLES / BYTES_PER_GB));
    return new JobEstimate(workers, usage, DataflowPrices.bundled().usd(usage, flexRs));
  }
}
