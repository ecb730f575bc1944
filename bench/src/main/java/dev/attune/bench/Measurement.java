package dev.attune.bench;

/**
 * One round of one program on one input: a line of the file of results.
 *
 * @param input what it read
 * @param program what read it
 * @param heap the most that its JVM might take, as {@code -Xmx} has it
 * @param bytes of the input
 * @param seconds see {@link Measured#seconds}
 * @param cpuSeconds see {@link Measured#cpuSeconds}
 * @param peakMegabytes see {@link Measured#peakMegabytes}
 * @param fingerprint of the dataset that it made
 * @param code which commit was measured; empty where nobody said
 * @param machine see {@link Machine}
 */
record Measurement(
    Input input,
    Program program,
    String heap,
    long bytes,
    double seconds,
    double cpuSeconds,
    long peakMegabytes,
    String fingerprint,
    String code,
    String machine) {

  /** CPU time of a record, in microseconds. */
  double cpuMicros() {
    return cpuSeconds * 1e6 / input.records();
  }

  /** Wall clock of a record, in microseconds. */
  double micros() {
    return seconds * 1e6 / input.records();
  }
}
