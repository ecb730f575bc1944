package dev.attune.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.runner.LocalOptions;
import dev.attune.runner.fusion.ExecutionGraph;
import dev.attune.runner.spill.MemoryBudget;
import dev.attune.runner.spill.SpillFolder;
import dev.attune.runner.step.Enforcement;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepMetrics;
import dev.attune.runner.step.StopSignal;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryReleaseTest {
  private static final int ELEMENTS = 200_000;

  @TempDir Path folder;

  private static final class UngroupFn extends DoFn<KV<Long, Iterable<Long>>, Long> {
    @ProcessElement
    public void processElement(@Element KV<Long, Iterable<Long>> group, OutputReceiver<Long> out) {
      group.getValue().forEach(out::output);
    }
  }

  private RunContext run(int groupings) throws InterruptedException {
    Pipeline pipeline = Pipeline.create();
    PCollection<Long> numbers = pipeline.apply(GenerateSequence.from(0).to(ELEMENTS));
    for (int i = 0; i < groupings; i++) {
      numbers =
          numbers
              .apply(
                  "Key " + i,
                  WithKeys.of((Long number) -> number % 1000).withKeyType(TypeDescriptors.longs()))
              .apply("Group " + i, GroupByKey.create())
              .apply("Ungroup " + i, ParDo.of(new UngroupFn()));
    }
    RunContext run =
        new RunContext(
            PipelineOptionsFactory.as(LocalOptions.class),
            2,
            new MemoryBudget(1 << 30),
            new SpillFolder(folder),
            new StepMetrics(),
            new Enforcement(false, false),
            new StopSignal());
    LocalExecution execution = new LocalExecution(run, ExecutionGraph.stagesOf(pipeline, run));
    execution.start();
    assertThat(execution.await(60_000)).isTrue();
    assertThat(execution.state()).isEqualTo(State.DONE);
    return run;
  }

  @Test
  void releasesValuesAfterTheirLastConsumer() throws InterruptedException {
    long one = run(1).budget().peak();
    RunContext six = run(6);
    assertThat(six.budget().used()).isZero();
    assertThat(six.budget().peak()).isLessThan(3 * one);
  }
}
