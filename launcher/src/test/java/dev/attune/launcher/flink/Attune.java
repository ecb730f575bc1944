package dev.attune.launcher.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The script {@code ./attune} in a process of its own. Closing it ends the process. */
final class Attune implements AutoCloseable {
  private static final long LONGEST_SECONDS = 500;

  /** {@code Reading: 3 records, 1 a second, 9 s left; next: checking}. */
  private static final Pattern PROGRESS =
      Pattern.compile("[A-Z][A-Za-z ]+: .*\\d+ (s|minutes|hours) (so far|left)(; next: .*)?");

  private final Process process;
  private final Path out;
  private final Path err;
  private final long start = System.nanoTime();

  private Attune(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Attune start(Path folder, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of("../attune").toRealPath().toString());
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("ATTUNE_JAVA_OPTS", "-Xmx1g");
    return new Attune(builder.start(), out, err);
  }

  /** Runs it to its end. */
  static Attune run(Path folder, String... args) throws IOException, InterruptedException {
    try (Attune attune = start(folder, args)) {
      attune.await();
      return attune;
    }
  }

  void await() throws InterruptedException, IOException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it hangs\n" + err());
    }
  }

  /** SIGTERM: to Ctrl-C a process is deaf whose shell put it into the background. */
  void end() {
    process.destroy();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean runs() {
    return process.isAlive();
  }

  int exit() {
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** The lines on stderr, without those of the progress. */
  List<String> said() throws IOException {
    return err().lines().filter(line -> !PROGRESS.matcher(line).matches()).toList();
  }

  /** Since its start. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
