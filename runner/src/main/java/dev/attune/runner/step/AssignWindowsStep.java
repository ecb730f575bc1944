package dev.attune.runner.step;

import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/** Puts elements into windows. */
public final class AssignWindowsStep extends GraphStep {
  private final WindowFn<Object, BoundedWindow> windowFn;
  private final Flow output;

  /** Creates the step. */
  @SuppressWarnings("unchecked")
  public AssignWindowsStep(String name, int order, WindowFn<?, ?> windowFn, Flow output) {
    super(name, order);
    this.windowFn = (WindowFn<Object, BoundedWindow>) windowFn;
    this.output = output;
  }

  @Override
  public StepInstance open(StepInstances stage) {
    ElementReceiver receiver = stage.receiverOf(output);
    boolean global = windowFn.getClass() == GlobalWindows.class;
    return new StepInstance() {
      @Override
      public void accept(WindowedValue<?> element) {
        if (global && isGlobal(element)) {
          receiver.accept(element);
          return;
        }
        for (WindowedValue<?> single : element.explodeWindows()) {
          receiver.accept(
              WindowedValues.of(
                  (Object) single.getValue(),
                  single.getTimestamp(),
                  global ? List.of(GlobalWindow.INSTANCE) : windowsOf(single),
                  single.getPaneInfo()));
        }
      }
    };
  }

  private static boolean isGlobal(WindowedValue<?> element) {
    return element.getWindows().size() == 1
        && element.getWindows().iterator().next() instanceof GlobalWindow;
  }

  private Collection<BoundedWindow> windowsOf(WindowedValue<?> element) {
    return Attempt.unchecked(() -> windowFn.assignWindows(new Context(element)));
  }

  private final class Context extends WindowFn<Object, BoundedWindow>.AssignContext {
    private final WindowedValue<?> element;

    Context(WindowedValue<?> element) {
      windowFn.super();
      this.element = element;
    }

    @Override
    public Object element() {
      return element.getValue();
    }

    @Override
    public Instant timestamp() {
      return element.getTimestamp();
    }

    @Override
    public BoundedWindow window() {
      return element.getWindows().iterator().next();
    }
  }
}
