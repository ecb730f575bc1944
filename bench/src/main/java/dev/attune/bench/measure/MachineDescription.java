package dev.attune.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Describes the machine in one line. */
final class MachineDescription {
  private static final double KILOBYTES_A_GIGABYTE = 1 << 20;

  private MachineDescription() {}

  /**
   * Returns processors, memory, Java and system; values that the system does not provide are left
   * out.
   */
  static String describe() throws IOException {
    String model = field(Path.of("/proc/cpuinfo"), "model name");
    String memory = field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "");
    return Runtime.getRuntime().availableProcessors()
        + " processors"
        + (model.isEmpty() ? "" : " (" + model + ")")
        + (memory.isEmpty()
            ? ""
            : ", " + Math.round(Long.parseLong(memory) / KILOBYTES_A_GIGABYTE) + " GB of memory")
        + ", "
        + System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch");
  }

  private static String field(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      int colon = line.indexOf(':');
      if (colon >= 0 && line.substring(0, colon).strip().equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "";
  }
}
