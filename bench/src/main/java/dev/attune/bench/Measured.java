package dev.attune.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One process, from before its start to after its end.
 *
 * @param seconds wall clock, the start of the JVM included
 * @param cpuSeconds of all its threads; it shows what a crowded machine hides
 * @param peakMegabytes the most that it had in memory at once; 0 where the system does not tell
 * @param output what it printed to stdout
 */
record Measured(double seconds, double cpuSeconds, long peakMegabytes, String output) {
  private static final String PEAK = "VmHWM:";
  private static final long POLL_MILLIS = 20;
  private static final long KILOBYTE = 1_024;

  /**
   * Runs a command and waits for it.
   *
   * @param errors where its stderr goes
   * @throws IOException if it does not end with 0
   */
  static Measured run(List<String> command, Path errors) throws IOException, InterruptedException {
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
        // A high-water mark, so what is missed is what was added in the last milliseconds.
        peak = Math.max(peak, peakKilobytes(process.pid()));
        cpu = process.info().totalCpuDuration().orElse(cpu);
      }
      double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
      if (process.exitValue() != 0) {
        throw new IOException(
            "the process measured ended with " + process.exitValue() + "; see " + errors);
      }
      return new Measured(
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
      return 0; // It has ended, or the system has no /proc.
    }
    return 0; // It is ending: its memory is gone already.
  }
}
