package dev.attune.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a process of its own is started. */
final class JavaCommand {
  private static final int WARNS_OF_NATIVE_ACCESS = 24;

  private JavaCommand() {}

  /** As {@link #of}, with what the script adds for prepare; the limit program is given it, too. */
  static List<String> asPrepare(String heap, List<String> options, String mainClass) {
    List<String> all = new ArrayList<>(List.of("-XX:CompileThresholdScaling=10"));
    all.addAll(options);
    return of(heap, all, mainClass);
  }

  /**
   * A program of this class path, with the options that the script attune gives to Java.
   *
   * @param heap as -Xmx has it
   * @param options further ones
   * @param mainClass the name of the program's class
   * @return to be extended with what the program takes
   */
  static List<String> of(String heap, List<String> options, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseParallelGC", "-Xmx" + heap, "-XX:-UsePerfData"));
    command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-Dfile.encoding=UTF-8"));
    if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return command;
  }
}
