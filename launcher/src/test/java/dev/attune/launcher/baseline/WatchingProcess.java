package dev.attune.launcher.baseline;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process of its own that works with the back end, as another attune would. */
final class WatchingProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private WatchingProcess(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(WatchingProcess.class.getName());
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    out = process.inputReader();
  }

  /** Watches a job, and prints each state that it sees, once. */
  static WatchingProcess watching(Path folder, String job) throws IOException {
    return new WatchingProcess(List.of("watch", folder.toString(), job));
  }

  /** Creates jobs of a dataset without end, each with more epochs, and prints their keys. */
  static WatchingProcess creating(Path folder, DatasetDirectory dataset) throws IOException {
    return new WatchingProcess(
        List.of("create", folder.toString(), dataset.train().toString(), dataset.fingerprint()));
  }

  /** The next line that it prints, or null after its end. */
  @Nullable String line() throws IOException {
    return out.readLine();
  }

  /** Reads on until a line is printed. */
  void awaitLine(String wanted) throws IOException {
    String line = line();
    while (line != null && !line.equals(wanted)) {
      line = line();
    }
    if (line == null) {
      throw new AssertionError("it ended without printing " + wanted);
    }
  }

  /** As kill -9 does; returns when it is dead. */
  void kill() {
    // Through its handle, since Process itself closes the pipe with what was not read yet.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] args) throws Exception {
    try (LocalBackEnd backEnd = new LocalBackEnd(Path.of(args[1]), InstantSource.system())) {
      if (args[0].equals("watch")) {
        watch(backEnd, args[2]);
      } else {
        create(backEnd, new StagedDataset(args[2], args[2]), args[3]);
      }
    }
  }

  private static void watch(LocalBackEnd backEnd, String name) throws Exception {
    TuningJobState seen = TuningJobState.UNKNOWN;
    while (!seen.isTerminal()) {
      TuningJobState before = seen;
      BackEndJob job = Watching.until(backEnd, name, next -> next.state() != before);
      seen = job.state();
      System.out.println(seen);
    }
  }

  private static void create(LocalBackEnd backEnd, StagedDataset staged, String dataset)
      throws Exception {
    for (int epochs = 1; epochs < 100_000; epochs++) {
      TuningSpec spec =
          new TuningSpec(
              dataset,
              LocalBackEnd.NAME,
              LocalBackEnd.BASE_MODEL,
              LocalBackEnd.LOCATION,
              new Hyperparameters(epochs, 4, 1.0));
      backEnd.create(spec, staged, "ledger");
      System.out.println(epochs);
    }
  }
}
