package dev.attune.runner.group;

import dev.attune.runner.step.Attempt;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;

/** Merges the windows of one key. */
final class WindowMerge {
  private final WindowFn<Object, BoundedWindow> windowFn;

  @SuppressWarnings("unchecked")
  WindowMerge(WindowFn<?, ?> windowFn) {
    this.windowFn = (WindowFn<Object, BoundedWindow>) windowFn;
  }

  /** Returns for each window the one that it became a part of. */
  Map<BoundedWindow, BoundedWindow> merge(Collection<BoundedWindow> windows) {
    Map<BoundedWindow, BoundedWindow> result = new HashMap<>();
    for (BoundedWindow window : windows) {
      result.put(window, window);
    }
    return Attempt.unchecked(
        () -> {
          windowFn.mergeWindows(new Context(List.copyOf(windows), result));
          return result;
        });
  }

  private final class Context extends WindowFn<Object, BoundedWindow>.MergeContext {
    private final List<BoundedWindow> windows;
    private final Map<BoundedWindow, BoundedWindow> result;

    Context(List<BoundedWindow> windows, Map<BoundedWindow, BoundedWindow> result) {
      windowFn.super();
      this.windows = windows;
      this.result = result;
    }

    @Override
    public Collection<BoundedWindow> windows() {
      return windows;
    }

    @Override
    public void merge(Collection<BoundedWindow> toBeMerged, BoundedWindow mergeResult) {
      for (BoundedWindow window : toBeMerged) {
        result.put(window, mergeResult);
      }
    }
  }
}
