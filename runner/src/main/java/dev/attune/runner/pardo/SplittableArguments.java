package dev.attune.runner.pardo;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.DoFnOutputReceivers;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker.BaseArgumentProvider;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.OutputBuilderSuppliers;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a splittable DoFn's methods. The tracker and the watermark estimator are arguments
 * of the process method only, and are themselves made by methods of the DoFn.
 */
final class SplittableArguments extends BaseArgumentProvider<Object, Object> {
  private final SplittableParDoInstance instance;
  private final SplittableElement element;
  private final SplittableContext context;
  private @Nullable RestrictionTracker<Object, Object> tracker;
  private @Nullable WatermarkEstimator<Object> estimator;

  SplittableArguments(SplittableParDoInstance instance, SplittableElement element) {
    this.instance = instance;
    this.element = element;
    this.context = new SplittableContext(instance, element.input());
  }

  void setTracker(RestrictionTracker<Object, Object> made) {
    tracker = made;
  }

  void setEstimator(WatermarkEstimator<Object> made) {
    estimator = made;
  }

  @Override
  public String getErrorContext() {
    return "transform " + instance.step.name();
  }

  @Override
  public DoFn<Object, Object>.ProcessContext processContext(DoFn<Object, Object> fn) {
    return context;
  }

  @Override
  public Object element(DoFn<Object, Object> fn) {
    return context.element();
  }

  @Override
  public BoundedWindow window() {
    return context.window();
  }

  @Override
  public Instant timestamp(DoFn<Object, Object> fn) {
    return context.timestamp();
  }

  @Override
  public PaneInfo paneInfo(DoFn<Object, Object> fn) {
    return context.pane();
  }

  @Override
  public PipelineOptions pipelineOptions() {
    return context.getPipelineOptions();
  }

  @Override
  public Object sideInput(String tag) {
    PCollectionView<?> view = instance.step.sideInputs().get(tag);
    if (view == null) {
      throw new IllegalArgumentException("The step has no side input " + tag + ".");
    }
    return context.sideInput(view);
  }

  @Override
  public OutputReceiver<Object> outputReceiver(DoFn<Object, Object> fn) {
    return DoFnOutputReceivers.windowedReceiver(
        context, OutputBuilderSuppliers.supplierForElement(element.input()), null);
  }

  @Override
  public MultiOutputReceiver taggedOutputReceiver(DoFn<Object, Object> fn) {
    return DoFnOutputReceivers.windowedMultiReceiver(
        context, OutputBuilderSuppliers.supplierForElement(element.input()));
  }

  @Override
  public Object restriction() {
    return tracker == null ? element.restriction() : tracker.currentRestriction();
  }

  @Override
  public RestrictionTracker<?, ?> restrictionTracker() {
    return tracker == null ? super.restrictionTracker() : tracker;
  }

  @Override
  public @Nullable Object watermarkEstimatorState() {
    return element.estimatorState();
  }

  @Override
  public WatermarkEstimator<?> watermarkEstimator() {
    return estimator == null ? super.watermarkEstimator() : estimator;
  }

  @Override
  public BundleFinalizer bundleFinalizer() {
    return instance.bundleFinalizer();
  }
}
