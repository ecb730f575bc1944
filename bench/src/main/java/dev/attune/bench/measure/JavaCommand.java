package dev.attune.bench.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds command lines that start a program of this class path in a new process. */
final class JavaCommand {
  private static final int WARNS_OF_NATIVE_ACCESS = 24;

  private static final List<String> LATE_OPTIMIZATION =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private JavaCommand() {}

  /** Returns {@link #of} with the options that ./attune adds for prepare and run. */
  static List<String> asPrepare(String heap, List<String> options, String mainClass) {
    List<String> all = new ArrayList<>(LATE_OPTIMIZATION);
    all.addAll(options);
    return of(heap, all, mainClass);
  }

  /**
   * Returns a command line with the Java options of ./attune.
   *
   * @param heap the heap size in the form of -Xmx
   * @param options further options of Java
   * @param mainClass the name of the program's class
   * @return a modifiable list, to which the caller adds the program's arguments
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
