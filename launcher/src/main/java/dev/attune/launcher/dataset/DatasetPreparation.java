package dev.attune.launcher.dataset;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.ReportedFault;
import dev.attune.launcher.console.ResumeHint;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.prepare.InputFingerprints;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.SubmittedJob;
import dev.attune.place.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a configuration, runs the pipeline on it and says on stderr how far it is. */
public final class DatasetPreparation {
  /** The pipeline, as far as this room sees it. */
  @FunctionalInterface
  public interface Pipeline {
    /** Runs and waits; see {@link PrepareDataset#run}. */
    PrepareResult run(PrepareRequest request, PrepareProgress progress)
        throws PrepareRefusedException;

    /** Submits and does not wait; see {@link PrepareDataset#submit}. */
    default Optional<SubmittedJob> submit(PrepareRequest request, PrepareProgress progress)
        throws PrepareRefusedException {
      return PrepareDataset.submit(request, progress);
    }

    /** Writes the job and submits nothing; see {@link PrepareDataset#writeTemplate}. */
    default Place writeTemplate(PrepareRequest request, PrepareProgress progress)
        throws PrepareRefusedException {
      return PrepareDataset.writeTemplate(request, progress);
    }
  }

  private final Shell shell;
  private final Pipeline pipeline;

  public DatasetPreparation(Shell shell) {
    this(shell, PrepareDataset::run);
  }

  public DatasetPreparation(Shell shell, Pipeline pipeline) {
    this.shell = shell;
    this.pipeline = pipeline;
  }

  /**
   * Prepares one dataset.
   *
   * @throws CommandFailure if the configuration, a source or the records do not allow it
   */
  public PreparedDataset run(PrepareOrder order) throws CommandFailure {
    Instant start = shell.clock().instant();
    return done(
        order,
        (request, stages) -> {
          PrepareResult result = pipeline.run(request, stages);
          return new PreparedDataset(result, Duration.between(start, shell.clock().instant()));
        });
  }

  /**
   * Submits the job that makes a dataset elsewhere, and does not wait for it.
   *
   * @return empty if the dataset stands already
   * @throws CommandFailure if the configuration, a source or the service does not allow it
   */
  public Optional<SubmittedJob> submit(PrepareOrder order) throws CommandFailure {
    return done(order, pipeline::submit);
  }

  /**
   * Writes the job that makes a dataset elsewhere as a file, and submits nothing.
   *
   * @return where it was written
   * @throws CommandFailure if the configuration, a source or the service does not allow it
   */
  public Place writeTemplate(PrepareOrder order) throws CommandFailure {
    return done(order, pipeline::writeTemplate);
  }

  /** A call of the pipeline. */
  @FunctionalInterface
  private interface PipelineCall<T> {
    T run(PrepareRequest request, PrepareProgress progress) throws PrepareRefusedException;
  }

  /** Calls the pipeline, and says on a signal what was published or submitted. */
  private <T> T done(PrepareOrder order, PipelineCall<T> call) throws CommandFailure {
    PrepareRequest request = request(order);
    Instant start = shell.clock().instant();
    try (ResumeHint hint = ResumeHint.during(this::interrupted);
        StageProgress stages = new StageProgress(shell, request.config().dataset().dataset())) {
      return call.run(request, stages);
    } catch (PrepareClusterException lost) {
      throw new CommandFailure(FailureCode.UNAVAILABLE, String.valueOf(lost.getMessage()), lost);
    } catch (PrepareRefusedException refused) {
      List<String> lines = new ArrayList<>(refused.faults());
      if (refused.summary() != null) {
        Duration took = Duration.between(start, shell.clock().instant());
        lines.addAll(Summary.ofRefused(refused.summary(), took).lines());
      }
      throw failure(order, refused, lines);
    }
  }

  /** The last line of a process that a signal ends; from now on it publishes nothing. */
  private String interrupted() {
    Optional<SubmittedJob> job = PrepareDataset.awaitedJob();
    if (job.isPresent()) {
      PrepareDataset.stopPublishing();
      return Messages.of(
          "launcher.interrupted.elsewhere", job.orElseThrow().name(), job.orElseThrow().console());
    }
    return PrepareDataset.stopPublishing()
        .map(dataset -> Messages.of("launcher.interrupted.published", shell.show(dataset)))
        .orElseGet(() -> Messages.of("launcher.interrupted.preparing"));
  }

  /**
   * The input fingerprints of what an order asks for: nothing is new where they are the same.
   *
   * @throws CommandFailure if the configuration or a source does not allow it; a previous dataset
   *     that does not fit is said in the result
   */
  public InputFingerprints inputFingerprints(PrepareOrder order) throws CommandFailure {
    PrepareRequest request = request(order);
    try (StageProgress stages = new StageProgress(shell, request.config().dataset().dataset())) {
      return PrepareDataset.inputFingerprints(request, stages);
    } catch (PrepareRefusedException refused) {
      throw failure(order, refused, refused.faults());
    }
  }

  private PrepareRequest request(PrepareOrder order) throws CommandFailure {
    AttuneConfig config =
        RunsHere.settle(ConfigFile.loadToPrepare(order.config(), shell), order.output(), shell);
    Place previous = order.previous();
    return new PrepareRequest(
        config,
        order.runId(),
        order.limit(),
        shell.environment(),
        order.runner(),
        order.beamOptions(),
        previous);
  }

  private CommandFailure failure(
      PrepareOrder order, PrepareRefusedException refused, List<String> lines) {
    if (!refused.configFaults().isEmpty()) {
      String name = shell.show(order.config());
      return ConfigFile.failure(name, refused.configFaults(), refused);
    }
    FailureCode code = refused.isUsage() ? FailureCode.USAGE : FailureCode.SOURCE;
    List<ReportedFault> faults = refused.faults().stream().map(ReportedFault::of).toList();
    return new CommandFailure(code, lines, faults, String.valueOf(refused.getMessage()), refused);
  }
}
