package dev.attune.launcher.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that runs one command, as {@code ./attune} does. */
public final class Launcher {
  private static final long LONGEST_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;
  private volatile boolean killed;

  private Launcher(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  public static Launcher start(Path directory, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.attune.launcher.Main");
    command.addAll(List.of(args));
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Launcher(process, out, err);
  }

  /** SIGKILL; returns when the process is gone. */
  void killAfter(Duration time) {
    try {
      if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        killed = true;
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGKILL at once. */
  public void kill() {
    killed = true;
    process.destroyForcibly();
  }

  public void await() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("it hangs");
    }
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  public boolean wasKilled() {
    return killed;
  }

  public int exit() {
    return process.exitValue();
  }

  public String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  public String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  String lastLine() throws IOException {
    List<String> lines = err().lines().toList();
    return lines.get(lines.size() - 1);
  }
}
