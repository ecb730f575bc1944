package dev.attune.bench.measure;

/**
 * One round of one program on one input; a line of results.jsonl.
 *
 * @param input the input
 * @param program the program
 * @param heap the heap size in the form of {@code -Xmx}
 * @param bytes the size of the input
 * @param seconds see {@link ProcessUsage#seconds}
 * @param cpuSeconds see {@link ProcessUsage#cpuSeconds}
 * @param peakMegabytes see {@link ProcessUsage#peakMegabytes}
 * @param fingerprint the fingerprint of the dataset
 * @param code the measured commit; empty if it is not known
 * @param machine see {@link MachineDescription}
 */
record BenchRound(
    BenchInput input,
    BenchProgram program,
    String heap,
    long bytes,
    double seconds,
    double cpuSeconds,
    long peakMegabytes,
    String fingerprint,
    String code,
    String machine) {

  /** Returns the CPU time of a record in microseconds. */
  double cpuMicros() {
    return cpuSeconds * 1e6 / input.records();
  }

  /** Returns the wall-clock time of a record in microseconds. */
  double micros() {
    return seconds * 1e6 / input.records();
  }
}
