package dev.attune.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The time, memory and output of one process.
 *
 * @param seconds wall-clock time, including the start of the JVM
 * @param cpuSeconds CPU time of all threads, which is more reliable on a busy machine
 * @param peakMegabytes the greatest resident memory; 0 if the system does not provide it
 * @param output the text on stdout
 */
record ProcessUsage(double seconds, double cpuSeconds, long peakMegabytes, String output) {
  private static final String PEAK = "VmHWM:";
  private static final long POLL_MILLIS = 20;
  private static final long KILOBYTE = 1_024;

  /**
   * Runs a command and waits for it.
   *
   * @param errors the file for stderr
   * @throws IOException if it does not end with 0
   */
  static ProcessUsage run(List<String> command, Path errors)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("bench", ".out");
    try {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      long peak = 0;
      Duration cpu = Duration.ZERO;
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        // A high-water mark, so only an increase in the last milliseconds is missed.
        peak = Math.max(peak, peakKilobytes(process.pid()));
        cpu = process.info().totalCpuDuration().orElse(cpu);
      }
      double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
      if (process.exitValue() != 0) {
        throw new IOException(
            "the measured process ended with " + process.exitValue() + "; see " + errors);
      }
      return new ProcessUsage(
          seconds,
          cpu.toMillis() / 1000.0,
          peak / KILOBYTE,
          Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  private static long peakKilobytes(long pid) throws IOException {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
        if (line.startsWith(PEAK)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (NoSuchFileException e) {
      return 0; // The process has ended, or the system has no /proc.
    }
    return 0; // The process is ending and has released its memory.
  }
}
