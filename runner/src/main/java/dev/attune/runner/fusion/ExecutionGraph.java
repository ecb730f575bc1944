package dev.attune.runner.fusion;

import dev.attune.runner.execution.FusedStage;
import dev.attune.runner.step.RunContext;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.PTransformOverride;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.util.construction.PTransformMatchers;
import org.apache.beam.sdk.util.construction.SplittableParDo;

/** The stages of a pipeline. */
public final class ExecutionGraph {
  private ExecutionGraph() {}

  /**
   * Divides a pipeline into stages.
   *
   * @throws UnsupportedOperationException if the runner cannot do what a transform needs
   */
  public static List<FusedStage> stagesOf(Pipeline pipeline, RunContext run) {
    if (hasSplittableFn(pipeline)) {
      pipeline.replaceAll(
          List.of(
              PTransformOverride.of(
                  PTransformMatchers.splittableParDo(), new SplittableParDo.OverrideFactory<>())));
    }
    StageBuilder builder = new StageBuilder(run);
    pipeline.traverseTopologically(new StepVisitor(builder, run));
    return builder.stages();
  }

  private static boolean hasSplittableFn(Pipeline pipeline) {
    boolean[] found = new boolean[1];
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(Node node) {
            return StepVisitor.isOneStep(node)
                ? CompositeBehavior.DO_NOT_ENTER_TRANSFORM
                : CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(Node node) {
            if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo
                && DoFnSignatures.signatureForDoFn(parDo.getFn()).processElement().isSplittable()) {
              StepVisitor.checkBounded(node);
              found[0] = true;
            }
          }
        });
    return found[0];
  }
}
