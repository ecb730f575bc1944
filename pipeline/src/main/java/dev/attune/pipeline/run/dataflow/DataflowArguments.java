package dev.attune.pipeline.run.dataflow;

import dev.attune.config.DataflowConfig;
import dev.attune.config.DataflowConfig.JobPlace;
import dev.attune.config.DataflowConfig.Workers;
import dev.attune.place.StorageClient;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Words the section {@code dataflow} of attune.yaml as options of Beam. */
public final class DataflowArguments {
  private static final String RUNNER_V2 = "use_runner_v2";

  private DataflowArguments() {}

  /** Returns the options of a configuration; those that the user typed overrule them. */
  public static List<String> of(DataflowConfig config) {
    JobPlace place = config.place();
    Workers workers = config.workers();
    List<String> all = new ArrayList<>();
    all.add("--runner=DataflowRunner");
    add(all, "--project", place.project());
    add(all, "--region", place.region());
    add(all, "--tempLocation", place.tempLocation());
    add(all, "--serviceAccount", workers.serviceAccount());
    add(all, "--subnetwork", workers.subnetwork());
    add(all, "--usePublicIps", String.valueOf(workers.usePublicIps()));
    add(all, "--workerMachineType", workers.machineType());
    add(all, "--maxNumWorkers", String.valueOf(workers.maxWorkers()));
    if (workers.flexRs()) {
      add(all, "--flexRSGoal", "COST_OPTIMIZED");
    }
    String emulator = StorageClient.endpoint();
    if (emulator != null) {
      add(all, "--gcsEndpoint", emulator.replaceAll("/+$", "") + "/storage/v1/");
      add(
          all,
          "--credentialFactoryClass",
          "org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory");
    }
    return all;
  }

  private static void add(List<String> to, String option, @Nullable String value) {
    if (value != null) {
      to.add(option + "=" + value);
    }
  }

  /**
   * Asks for Runner v2 by name: without it, what runs would be the service's choice. A user who
   * types {@code --experiments=disable_runner_v2} decides otherwise.
   */
  public static void askForRunnerV2(PipelineOptions options) {
    if (!ExperimentalOptions.hasExperiment(options, "disable_runner_v2")) {
      ExperimentalOptions.addExperiment(options.as(ExperimentalOptions.class), RUNNER_V2);
    }
  }

  /** Returns how many elements the workers work on at a time, as far as this process knows. */
  public static int parallelism(PipelineOptions options) {
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    int workers = Math.max(1, dataflow.getMaxNumWorkers());
    return workers * MachineShape.of(dataflow.getWorkerMachineType()).vcpus();
  }
}
