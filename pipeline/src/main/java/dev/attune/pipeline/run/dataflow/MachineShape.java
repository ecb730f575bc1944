package dev.attune.pipeline.run.dataflow;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The size of a worker.
 *
 * @param vcpus number of virtual processors
 * @param memoryGb size of the memory
 */
record MachineShape(int vcpus, double memoryGb) {
  private static final MachineShape DEFAULT = new MachineShape(1, 3.75);
  private static final Pattern NAME = Pattern.compile("([a-z]+[0-9]+[a-z]?)-([a-z]+)-([0-9]{1,3})");

  /** GB of memory for each vCPU. */
  private static final Map<String, Double> MEMORY =
      Map.of("standard", 4.0, "highmem", 8.0, "highcpu", 1.0);

  /**
   * Returns the shape that the name of a machine type says, such as {@code n2-highmem-2}; for
   * another name, or none, that of n1-standard-1.
   */
  static MachineShape of(@Nullable String machineType) {
    if (machineType == null) {
      return DEFAULT;
    }
    String name = machineType.toLowerCase(Locale.ROOT);
    Matcher matcher = NAME.matcher(name.substring(name.lastIndexOf('/') + 1));
    if (!matcher.matches()) {
      return DEFAULT;
    }
    int vcpus = Math.max(1, Integer.parseInt(matcher.group(3)));
    return new MachineShape(vcpus, vcpus * MEMORY.getOrDefault(matcher.group(2), 4.0));
  }
}
