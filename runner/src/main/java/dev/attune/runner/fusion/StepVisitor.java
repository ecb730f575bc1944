package dev.attune.runner.fusion;

import dev.attune.runner.buffer.SideView;
import dev.attune.runner.buffer.StoreSource;
import dev.attune.runner.buffer.StoreStep;
import dev.attune.runner.execution.FusedStage;
import dev.attune.runner.group.CombineStep;
import dev.attune.runner.group.GroupStep;
import dev.attune.runner.group.KeyStep;
import dev.attune.runner.pardo.ParDoKind;
import dev.attune.runner.pardo.ParDoStep;
import dev.attune.runner.step.AssignWindowsStep;
import dev.attune.runner.step.BundleSource;
import dev.attune.runner.step.FlattenStep;
import dev.attune.runner.step.Flow;
import dev.attune.runner.step.FlowOrigin;
import dev.attune.runner.step.ImpulseSource;
import dev.attune.runner.step.ReadSource;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepPlace;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.construction.SplittableParDo;
import org.apache.beam.sdk.util.construction.TransformInputs;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Makes a step of each primitive transform, and of some composites that can be done better. */
final class StepVisitor extends PipelineVisitor.Defaults {
  private final StageBuilder stages;
  private final RunContext run;

  StepVisitor(StageBuilder stages, RunContext run) {
    this.stages = stages;
    this.run = run;
  }

  /** Whether a composite transform is one step here. */
  static boolean isOneStep(Node node) {
    PTransform<?, ?> transform = node.getTransform();
    return transform instanceof Read.Bounded || isKeyed(transform) || isArbitrary(transform);
  }

  private static boolean isKeyed(@Nullable PTransform<?, ?> transform) {
    return transform instanceof Reshuffle || transform instanceof Redistribute.RedistributeByKey;
  }

  private static boolean isArbitrary(@Nullable PTransform<?, ?> transform) {
    return transform instanceof Reshuffle.ViaRandomKey
        || transform instanceof Redistribute.RedistributeArbitrarily;
  }

  static void checkBounded(Node node) {
    for (PCollection<?> output : node.getOutputs().values()) {
      UnsupportedTransform.checkBounded(node.getFullName(), output);
    }
  }

  @Override
  public CompositeBehavior enterCompositeTransform(Node node) {
    if (node.isRootNode()) {
      return CompositeBehavior.ENTER_TRANSFORM;
    }
    checkBounded(node);
    PTransform<?, ?> transform = node.getTransform();
    if (transform instanceof TestStream) {
      throw UnsupportedTransform.of(
          node.getFullName(), "TestStream needs a runner for unbounded pipelines.");
    }
    if (transform instanceof Read.Bounded<?> read) {
      read(node, read.getSource());
    } else if (isKeyed(transform)) {
      redistributeByKey(node);
    } else if (isArbitrary(transform)) {
      redistribute(node);
    } else if (!(transform instanceof Combine.PerKey<?, ?, ?> combine) || !combine(node, combine)) {
      return CompositeBehavior.ENTER_TRANSFORM;
    }
    return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
  }

  @Override
  public void visitPrimitiveTransform(Node node) {
    PTransform<?, ?> transform = node.getTransform();
    String name = node.getFullName();
    if (transform instanceof TestStream) {
      throw UnsupportedTransform.of(name, "TestStream needs a runner for unbounded pipelines.");
    }
    checkBounded(node);
    if (transform instanceof ParDo.MultiOutput<?, ?> parDo) {
      parDo(node, parDo);
    } else if (transform instanceof SplittableParDo.ProcessKeyedElements<?, ?, ?, ?> splittable) {
      splittable(node, splittable);
    } else if (transform instanceof GroupByKey) {
      Flow input = stages.flow(mainInput(node));
      StepPlace place = stages.place(name);
      GroupStep step = new GroupStep(name, place.order(), input, run);
      input.addConsumer(step);
      stages.begin(output(node), name, step.source(run), stages.stagesOf(input));
    } else if (transform instanceof Flatten.PCollections) {
      flatten(node);
    } else if (transform instanceof Window.Assign<?> assign) {
      Flow input = stages.flow(mainInput(node));
      StepPlace place = stages.place(name);
      Flow output = stages.produce(output(node), name, FlowOrigin.OTHER, stages.stagesOf(input));
      input.addConsumer(new AssignWindowsStep(name, place.order(), assign.getWindowFn(), output));
    } else if (transform instanceof Impulse) {
      stages.begin(output(node), name, new ImpulseSource(), Set.of());
    } else if (transform instanceof SplittableParDo.PrimitiveBoundedRead<?> read) {
      read(node, read.getSource());
    } else if (transform instanceof View.CreatePCollectionView) {
      passOn(node);
    } else {
      throw UnsupportedTransform.of(
          name, "the primitive " + transform.getClass().getName() + " is not supported.");
    }
  }

  private void read(Node node, BoundedSource<?> source) {
    String name = node.getFullName();
    stages.begin(output(node), name, new ReadSource(name, source, run), Set.of());
  }

  /** A view's elements are stored when a step reads it; the transform itself does nothing. */
  private void passOn(Node node) {
    Flow input = stages.flow(mainInput(node));
    StepPlace place = stages.place(node.getFullName());
    Flow output =
        stages.produce(output(node), place.name(), FlowOrigin.OTHER, stages.stagesOf(input));
    input.addConsumer(new FlattenStep(place.name(), place.order(), output));
  }

  private void flatten(Node node) {
    Set<FusedStage> in = new LinkedHashSet<>();
    for (PValue input : node.getInputs().values()) {
      in.addAll(stages.stagesOf(stages.flow((PCollection<?>) input)));
    }
    StepPlace place = stages.place(node.getFullName());
    Flow output = stages.produce(output(node), place.name(), FlowOrigin.OTHER, in);
    FlattenStep step = new FlattenStep(place.name(), place.order(), output);
    for (PValue input : node.getInputs().values()) {
      stages.flow((PCollection<?>) input).addConsumer(step);
    }
  }

  private void redistribute(Node node) {
    String name = node.getFullName();
    Flow input = stages.flow(mainInput(node));
    StoreStep step = new StoreStep(name, stages.place(name).order(), input, run);
    input.addConsumer(step);
    stages.begin(output(node), name, new StoreSource(step.store(), run), stages.stagesOf(input));
  }

  private void redistributeByKey(Node node) {
    String name = node.getFullName();
    Flow input = stages.flow(mainInput(node));
    KeyStep step = new KeyStep(name, stages.place(name).order(), input, run);
    input.addConsumer(step);
    stages.begin(output(node), name, step.elements(run), stages.stagesOf(input));
  }

  private boolean combine(Node node, Combine.PerKey<?, ?, ?> combine) {
    PCollection<?> collection = mainInput(node);
    Coder<?> accumulators = accumulatorCoder(combine, collection);
    if (accumulators == null) {
      return false;
    }
    Flow input = stages.flow(collection);
    StepPlace place = stages.place(node.getFullName());
    CombineStep step =
        new CombineStep(
            place, (Combine.CombineFn<?, ?, ?>) combine.getFn(), accumulators, input, run);
    input.addConsumer(step);
    stages.begin(output(node), place.name(), step.source(), stages.stagesOf(input));
    return true;
  }

  /** Returns the coder of accumulators, or null if values cannot be combined before grouping. */
  @SuppressWarnings("unchecked")
  private static @Nullable Coder<?> accumulatorCoder(
      Combine.PerKey<?, ?, ?> combine, PCollection<?> input) {
    if (combine.shouldSkipReplacement()
        || !combine.getSideInputs().isEmpty()
        || !(combine.getFn() instanceof Combine.CombineFn<?, ?, ?> fn)
        || input.getWindowingStrategy().needsMerge()
        || !(input.getCoder() instanceof KvCoder<?, ?> coder)) {
      return null;
    }
    try {
      return ((Combine.CombineFn<Object, ?, ?>) fn)
          .getAccumulatorCoder(
              input.getPipeline().getCoderRegistry(), (Coder<Object>) coder.getValueCoder());
    } catch (CannotProvideCoderException unknown) {
      return null;
    }
  }

  private void parDo(Node node, ParDo.MultiOutput<?, ?> parDo) {
    String name = node.getFullName();
    PCollection<?> collection = mainInput(node);
    DoFnSignature signature = DoFnSignatures.signatureForDoFn(parDo.getFn());
    boolean stateful = signature.usesState() || signature.usesTimers();
    if (stateful) {
      UnsupportedTransform.checkStateful(name, collection);
    }
    Map<PCollectionView<?>, SideView> views = views(parDo);
    Flow input =
        stateful ? keyed(name, collection, views) : stages.inputFor(collection, views.values());
    addParDo(node, parDo, input, views, stateful ? ParDoKind.STATEFUL : ParDoKind.PLAIN);
  }

  private Map<PCollectionView<?>, SideView> views(ParDo.MultiOutput<?, ?> parDo) {
    Map<PCollectionView<?>, SideView> views = new LinkedHashMap<>();
    for (PCollectionView<?> view : parDo.getSideInputs().values()) {
      views.put(view, stages.view(view));
    }
    return views;
  }

  /** Spreads the restrictions over all threads. */
  @SuppressWarnings("unchecked")
  private void splittable(Node node, SplittableParDo.ProcessKeyedElements<?, ?, ?, ?> transform) {
    String name = node.getFullName();
    ParDo.MultiOutput<?, ?> parDo =
        ParDo.of((DoFn<Object, Object>) transform.getFn())
            .withSideInputs(transform.getSideInputMapping())
            .withOutputTags(
                (TupleTag<Object>) transform.getMainOutputTag(),
                transform.getAdditionalOutputTags());
    Map<PCollectionView<?>, SideView> views = views(parDo);
    PCollection<?> collection = mainInput(node);
    Flow restrictions = new Flow(collection, name, FlowOrigin.OTHER);
    Flow input = stages.flow(collection);
    StoreStep step = new StoreStep(name, stages.place(name).order(), input, run);
    input.addConsumer(step);
    StoreSource source = new StoreSource(step.store(), run);
    FusedStage stage = stages.begin(restrictions, name, source, stages.stagesOf(input));
    stages.await(stage, views.values());
    addParDo(node, parDo, restrictions, views, ParDoKind.SPLITTABLE);
  }

  private void addParDo(
      Node node,
      ParDo.MultiOutput<?, ?> parDo,
      Flow input,
      Map<PCollectionView<?>, SideView> views,
      ParDoKind kind) {
    String name = node.getFullName();
    StepPlace place = stages.place(name);
    Map<TupleTag<?>, Flow> outputs = new LinkedHashMap<>();
    node.getOutputs()
        .forEach(
            (tag, output) ->
                outputs.put(
                    tag, stages.produce(output, name, FlowOrigin.DO_FN, stages.stagesOf(input))));
    input.addConsumer(new ParDoStep(place, parDo, input.collection(), outputs, views, kind));
  }

  private Flow keyed(
      String name, PCollection<?> collection, Map<PCollectionView<?>, SideView> views) {
    Flow input = stages.flow(collection);
    KeyStep step = new KeyStep(name, stages.place(name).order(), input, run);
    input.addConsumer(step);
    Flow keyed = new Flow(collection, name, FlowOrigin.KEYED);
    BundleSource source = step.keys(run);
    FusedStage stage = stages.begin(keyed, name, source, stages.stagesOf(input));
    stages.await(stage, views.values());
    return keyed;
  }

  private PCollection<?> mainInput(Node node) {
    List<PValue> inputs =
        List.copyOf(TransformInputs.nonAdditionalInputs(node.toAppliedPTransform(getPipeline())));
    return (PCollection<?>) inputs.get(0);
  }

  private static PCollection<?> output(Node node) {
    return node.getOutputs().values().iterator().next();
  }
}
