import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.runners.flink.FlinkBatchPortablePipelineTranslator;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.fnexecution.provisioning.JobInfo;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PortablePipelineOptions;
import org.apache.beam.sdk.util.construction.Environments;
import org.apache.beam.sdk.util.construction.PTransformTranslation;
import org.apache.beam.sdk.util.construction.PipelineOptionsTranslation;
import org.apache.beam.sdk.util.construction.graph.GreedyPipelineFuser;
import org.apache.beam.sdk.util.construction.graph.ProtoOverrides;
import org.apache.beam.sdk.util.construction.graph.SplittableParDoExpander;
import org.apache.beam.sdk.util.construction.graph.TrivialNativeTransformExpander;

/**
 * Executes a pipeline in its portable form, with Flink in this process and Beam's Java harness as
 * the worker in it. As FlinkPipelineRunner does, which needs an artifact that is not to be had; only
 * the environment of the pipeline is changed. Usage: PortableRun.java PIPELINE.PB OPTION...
 */
public final class PortableRun {
  private PortableRun() {}

  public static void main(String[] args) throws Exception {
    RunnerApi.Pipeline submitted = RunnerApi.Pipeline.parseFrom(Files.readAllBytes(Path.of(args[0])));
    RunnerApi.Components.Builder components = submitted.getComponents().toBuilder();
    for (Map.Entry<String, RunnerApi.Environment> environment :
        submitted.getComponents().getEnvironmentsMap().entrySet()) {
      components.putEnvironments(
          environment.getKey(),
          environment.getValue().toBuilder()
              .setUrn(Environments.ENVIRONMENT_EMBEDDED)
              .clearPayload()
              .clearDependencies()
              .build());
    }
    RunnerApi.Pipeline pipeline = submitted.toBuilder().setComponents(components).build();
    FlinkBatchPortablePipelineTranslator translator =
        FlinkBatchPortablePipelineTranslator.createTranslator();
    RunnerApi.Pipeline expanded =
        TrivialNativeTransformExpander.forKnownUrns(
            ProtoOverrides.updateTransform(
                PTransformTranslation.PAR_DO_TRANSFORM_URN,
                pipeline,
                SplittableParDoExpander.createSizedReplacement()),
            translator.knownUrns());
    FlinkPipelineOptions flink =
        PipelineOptionsFactory.fromArgs("--flinkMaster=[local]", "--parallelism=1")
            .as(FlinkPipelineOptions.class);
    flink.as(PortablePipelineOptions.class).setSdkWorkerParallelism(1);
    JobInfo job =
        JobInfo.create(
            "portable",
            "portable",
            "",
            PipelineOptionsTranslation.toProto(
                PipelineOptionsFactory.fromArgs(Arrays.copyOfRange(args, 1, args.length))
                    .create()));
    translator
        .translate(
            translator.createTranslationContext(job, flink, null, List.of()),
            GreedyPipelineFuser.fuse(expanded).toPipeline())
        .execute("portable");
    // Threads of the harness would keep the process.
    System.exit(0);
  }
}
