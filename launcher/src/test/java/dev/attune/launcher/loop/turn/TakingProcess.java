package dev.attune.launcher.loop.turn;

import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that takes the turn when it is told to, and keeps it. */
final class TakingProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  /** With the ledger of a folder's attune.yaml. */
  TakingProcess(Path folder) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                TakingProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Lets it try, and returns {@code mine}, or {@code of N} with the number of the process. */
  String takes() throws IOException {
    in.write("take\n");
    in.flush();
    return String.valueOf(out.readLine());
  }

  long pid() {
    return process.pid();
  }

  /** As kill -9 does; returns when it is dead. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    TestShell shell = new TestShell(folder);
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Ledger ledger =
        Ledger.open(ConfigLoader.load(folder.resolve("attune.yaml")), shell.shell())) {
      for (String line : (Iterable<String>) told.lines()::iterator) {
        RunTurn turn =
            RunTurn.take(
                ledger,
                "animals",
                shell.shell(),
                time -> {
                  throw new IllegalStateException("it waited after " + line);
                });
        System.out.println(
            turn.other().map(entry -> "of " + entry.owner().process()).orElse("mine"));
      }
    }
  }
}
