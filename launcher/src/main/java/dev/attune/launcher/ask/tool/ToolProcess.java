package dev.attune.launcher.ask.tool;

import dev.attune.schema.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A run of a tool: without a shell, with an empty standard input, and with few environment
 * variables, so that a tool does not get API keys. It is killed with its children at its deadline,
 * and when this process ends.
 */
final class ToolProcess {
  /** The largest output that a model is told; the rest is read and dropped. */
  static final int MOST_OUTPUT = 64 << 10;

  private static final Set<String> PASSED_ON =
      Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "TZ", "SystemRoot");
  private static final int MILLIS_AFTER_THE_END = 500;

  private ToolProcess() {}

  /**
   * Runs a command until it ends or its deadline passes.
   *
   * @param argv the program and its arguments
   * @param environment of this process
   */
  static ToolOutcome run(ToolCommand tool, List<String> argv, Map<String, String> environment)
      throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(program(argv, tool.folder()));
    builder.directory(tool.folder().toFile());
    builder.environment().clear();
    environment.forEach(
        (name, value) -> {
          if (PASSED_ON.contains(name) || tool.environment().contains(name)) {
            builder.environment().put(name, value);
          }
        });
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return new ToolOutcome(
          ToolOutcome.Kind.FAILED,
          "The command %s cannot be started: %s."
              .formatted(argv.get(0), obstacle(builder.command().get(0))));
    }
    Thread atExit = new Thread(() -> kill(process));
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      return outcome(process, tool.deadline());
    } finally {
      kill(process);
      removeHook(atExit);
    }
  }

  /** A program with a slash is relative to the folder of the tools file. */
  private static List<String> program(List<String> argv, Path folder) {
    String name = argv.get(0);
    return name.contains("/")
        ? Stream.concat(
                Stream.of(folder.resolve(name).normalize().toString()), argv.stream().skip(1))
            .toList()
        : argv;
  }

  /** Returns why a program cannot be started. */
  private static String obstacle(String program) {
    if (!program.contains("/")) {
      return "no folder of PATH has such a program";
    }
    Path file = Path.of(program);
    if (!Files.exists(file)) {
      return "there is no such file";
    }
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return Files.isExecutable(file)
        ? "the system refuses to run it; if it is a script, its interpreter may be missing"
        : "it is not executable";
  }

  private static ToolOutcome outcome(Process process, Duration deadline)
      throws InterruptedException {
    Output out = Output.of(process.getInputStream());
    Output err = Output.of(process.getErrorStream());
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      kill(process);
      return new ToolOutcome(
          ToolOutcome.Kind.DEADLINE,
          "The command did not end within " + deadline.toSeconds() + " s and was killed.");
    }
    String printed = out.text();
    int exit = process.exitValue();
    if (exit == 0) {
      return new ToolOutcome(ToolOutcome.Kind.DONE, printed.isEmpty() ? "(no output)" : printed);
    }
    return new ToolOutcome(
        ToolOutcome.Kind.FAILED,
        "The command ended with exit code %d.\n%s%s".formatted(exit, err.text(), printed).strip());
  }

  /** Kills a process and its children, also those that start meanwhile. */
  private static void kill(Process process) {
    Set<ProcessHandle> tree = new LinkedHashSet<>();
    process.descendants().forEach(tree::add);
    process.destroyForcibly();
    for (ProcessHandle child : List.copyOf(tree)) {
      child.descendants().forEach(tree::add);
    }
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  private static void removeHook(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // This process is ending, and the hook has run.
    }
  }

  /** What a process prints on one stream, read in a thread of its own. */
  private static final class Output {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;
    private long length;

    private Output(InputStream stream) {
      reader = new Thread(() -> read(stream), "output of a tool");
      reader.setDaemon(true);
    }

    static Output of(InputStream stream) {
      Output output = new Output(stream);
      output.reader.start();
      return output;
    }

    private void read(InputStream stream) {
      byte[] buffer = new byte[8192];
      try {
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          synchronized (this) {
            kept.write(buffer, 0, Math.min(n, MOST_OUTPUT - kept.size()));
            length += n;
          }
        }
      } catch (IOException e) {
        return; // The process was killed.
      }
    }

    /** Waits a moment for the rest: a child in the background may keep the stream open. */
    String text() throws InterruptedException {
      reader.join(MILLIS_AFTER_THE_END);
      synchronized (this) {
        String text = Printable.lines(kept.toString(StandardCharsets.UTF_8));
        return length > MOST_OUTPUT
            ? text + "\n(only the first " + MOST_OUTPUT + " of " + length + " bytes)"
            : text;
      }
    }
  }
}
