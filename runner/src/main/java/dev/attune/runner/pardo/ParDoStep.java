package dev.attune.runner.pardo;

import dev.attune.runner.buffer.SideView;
import dev.attune.runner.buffer.SideViewReader;
import dev.attune.runner.step.ElementReceiver;
import dev.attune.runner.step.Flow;
import dev.attune.runner.step.GraphStep;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepInstance;
import dev.attune.runner.step.StepInstances;
import dev.attune.runner.step.StepPlace;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.DoFnRunners;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Applies a DoFn. */
public final class ParDoStep extends GraphStep {
  private final ParDo.MultiOutput<Object, Object> transform;
  private final PCollection<?> input;
  private final Map<TupleTag<?>, Flow> outputs;
  private final Map<PCollectionView<?>, SideView> views;
  private final ParDoKind kind;
  private byte @Nullable [] serialized;

  /**
   * Creates the step.
   *
   * @param transform the transform
   * @param input the main input
   * @param outputs the outputs by tag
   * @param views the views that the DoFn may read
   * @param kind what the elements of the input are
   */
  @SuppressWarnings("unchecked")
  public ParDoStep(
      StepPlace place,
      ParDo.MultiOutput<?, ?> transform,
      PCollection<?> input,
      Map<TupleTag<?>, Flow> outputs,
      Map<PCollectionView<?>, SideView> views,
      ParDoKind kind) {
    super(place.name(), place.order());
    this.transform = (ParDo.MultiOutput<Object, Object>) transform;
    this.input = input;
    this.outputs = outputs;
    this.views = views;
    this.kind = kind;
  }

  @Override
  public StepInstance open(StepInstances stage) {
    Map<TupleTag<?>, ElementReceiver> receivers = new LinkedHashMap<>();
    outputs.forEach((tag, flow) -> receivers.put(tag, stage.receiverOf(flow)));
    return switch (kind) {
      case PLAIN -> new ParDoInstance(this, stage, receivers);
      case STATEFUL -> new StatefulParDoInstance(this, stage, receivers);
      case SPLITTABLE -> new SplittableParDoInstance(this, stage, receivers);
    };
  }

  PCollection<?> input() {
    return input;
  }

  TupleTag<Object> mainTag() {
    return transform.getMainOutputTag();
  }

  /** The views that the DoFn may read, by their tags. */
  Map<String, PCollectionView<?>> sideInputs() {
    return transform.getSideInputs();
  }

  SideViewReader viewReader() {
    return new SideViewReader(views);
  }

  /** Returns a new copy of the DoFn. */
  @SuppressWarnings("unchecked")
  DoFn<Object, Object> copyOfFn() {
    return (DoFn<Object, Object>)
        SerializableUtils.deserializeFromByteArray(
            serializedFn(), transform.getFn().getClass().getName());
  }

  private synchronized byte[] serializedFn() {
    if (serialized == null) {
      serialized = SerializableUtils.serializeToByteArray((Serializable) transform.getFn());
    }
    return serialized;
  }

  /** Creates Beam's runner of a copy of the DoFn. */
  @SuppressWarnings("unchecked")
  DoFnRunner<Object, Object> runner(
      RunContext run,
      DoFn<Object, Object> fn,
      WindowedValueMultiReceiver output,
      StepContext context) {
    DoFnSchemaInformation schemas =
        kind == ParDoKind.SPLITTABLE
            ? DoFnSchemaInformation.create()
            : ParDo.getDoFnSchemaInformation(fn, input);
    return DoFnRunners.simpleRunner(
        run.options(),
        fn,
        viewReader(),
        output,
        transform.getMainOutputTag(),
        transform.getAdditionalOutputTags().getAll(),
        context,
        (Coder<Object>) input.getCoder(),
        outputCoders(),
        input.getWindowingStrategy(),
        schemas,
        transform.getSideInputs());
  }

  private Map<TupleTag<?>, Coder<?>> outputCoders() {
    Map<TupleTag<?>, Coder<?>> coders = new HashMap<>();
    outputs.forEach(
        (tag, flow) -> {
          try {
            coders.put(tag, flow.collection().getCoder());
          } catch (IllegalStateException unknown) {
            // An output without a coder is never stored.
            return;
          }
        });
    return coders;
  }
}
