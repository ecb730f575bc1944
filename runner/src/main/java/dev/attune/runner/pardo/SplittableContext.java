package dev.attune.runner.pardo;

import java.util.Collection;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a splittable DoFn knows of its input, and where its output goes. */
final class SplittableContext extends DoFn<Object, Object>.ProcessContext {
  private final SplittableParDoInstance instance;
  private final WindowedValue<Object> input;

  SplittableContext(SplittableParDoInstance instance, WindowedValue<Object> input) {
    instance.fn().super();
    this.instance = instance;
    this.input = input;
  }

  BoundedWindow window() {
    return input.getWindows().iterator().next();
  }

  @Override
  public Object element() {
    return input.getValue();
  }

  @Override
  public <T> T sideInput(PCollectionView<T> view) {
    return instance
        .step
        .viewReader()
        .get(view, view.getWindowMappingFn().getSideInputWindow(window()));
  }

  @Override
  public Instant timestamp() {
    return input.getTimestamp();
  }

  @Override
  public PaneInfo pane() {
    return input.getPaneInfo();
  }

  @Override
  public @Nullable String currentRecordId() {
    return input.getRecordId();
  }

  @Override
  public @Nullable Long currentRecordOffset() {
    return input.getRecordOffset();
  }

  @Override
  public PipelineOptions getPipelineOptions() {
    return instance.stage.run().options();
  }

  @Override
  public void output(Object value) {
    output(instance.step.mainTag(), value);
  }

  @Override
  public void outputWithTimestamp(Object value, Instant timestamp) {
    outputWithTimestamp(instance.step.mainTag(), value, timestamp);
  }

  @Override
  public void outputWindowedValue(
      Object value, Instant timestamp, Collection<? extends BoundedWindow> windows, PaneInfo pane) {
    outputWindowedValue(instance.step.mainTag(), value, timestamp, windows, pane);
  }

  @Override
  public <T> void output(TupleTag<T> tag, T value) {
    outputWithTimestamp(tag, value, input.getTimestamp());
  }

  @Override
  public <T> void outputWithTimestamp(TupleTag<T> tag, T value, Instant timestamp) {
    outputWindowedValue(tag, value, timestamp, input.getWindows(), input.getPaneInfo());
  }

  @Override
  public <T> void outputWindowedValue(
      TupleTag<T> tag,
      T value,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    instance.output(tag, WindowedValues.of(value, timestamp, windows, pane));
  }
}
