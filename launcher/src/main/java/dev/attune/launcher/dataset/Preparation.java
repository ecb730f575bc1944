package dev.attune.launcher.dataset;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigFault;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Progress;
import dev.attune.launcher.console.Shell;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.PrepareRefusedException;
import dev.attune.pipeline.PrepareRequest;
import dev.attune.pipeline.PrepareResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads a configuration, runs the pipeline on it and says on stderr how far it is. */
public final class Preparation {
  /** The pipeline, as far as this room sees it. */
  @FunctionalInterface
  public interface Pipeline {
    /** Runs and waits; see {@link PrepareDataset#run}. */
    PrepareResult run(PrepareRequest request, LongConsumer progress) throws PrepareRefusedException;
  }

  private final Shell shell;
  private final Pipeline pipeline;

  public Preparation(Shell shell) {
    this(shell, PrepareDataset::run);
  }

  public Preparation(Shell shell, Pipeline pipeline) {
    this.shell = shell;
    this.pipeline = pipeline;
  }

  /**
   * Prepares one dataset.
   *
   * @throws CommandFailure if the configuration, a source or the records do not allow it
   */
  public Prepared run(PrepareOrder order) throws CommandFailure {
    Path file = shell.resolve(order.config());
    AttuneConfig config = RunsHere.settle(load(file), order.output(), shell);
    String dataset = config.dataset().dataset();
    PrepareRequest request =
        new PrepareRequest(
            config, order.runId(), order.limit(), shell.environment(), order.beamOptions());
    shell.err().println("Preparing " + dataset + " with the direct runner");
    Instant start = shell.clock().instant();
    try (Progress progress = Progress.start(shell, dataset)) {
      PrepareResult result = pipeline.run(request, progress);
      return new Prepared(result, Duration.between(start, shell.clock().instant()));
    } catch (PrepareRefusedException refused) {
      List<String> lines = new ArrayList<>(refused.faults());
      if (refused.report() != null) {
        Duration took = Duration.between(start, shell.clock().instant());
        lines.addAll(Summary.ofRefused(refused.report(), took).lines());
      }
      ExitCode exit = refused.isUsage() ? ExitCode.USAGE : ExitCode.REFUSED;
      throw new CommandFailure(exit, lines, String.valueOf(refused.getMessage()), refused);
    }
  }

  private AttuneConfig load(Path file) throws CommandFailure {
    try {
      return ConfigLoader.load(file);
    } catch (ConfigException refused) {
      throw failure(shell.show(file), refused);
    }
  }

  private static CommandFailure failure(String name, ConfigException refused) {
    List<ConfigFault> faults = refused.faults();
    List<String> lines = faults.stream().map(fault -> line(name, fault)).toList();
    if (faults.size() == 1 && faults.get(0).line() == 0) {
      return new CommandFailure(ExitCode.REFUSED, List.of(), lines.get(0) + ".", refused);
    }
    String sentence =
        faults.size() == 1
            ? name + " has one fault: mend what the line above names and run again."
            : name
                + " has "
                + faults.size()
                + " faults: mend what the lines above name and run again.";
    return new CommandFailure(ExitCode.REFUSED, lines, sentence, refused);
  }

  private static String line(String name, ConfigFault fault) {
    String where = fault.line() > 0 ? name + ":" + fault.line() : name;
    return where + ": " + fault.sentence();
  }
}
