package dev.attune.runner.buffer;

import java.util.Map;
import org.apache.beam.runners.core.SideInputReader;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/** Gives a step the views that it has declared. */
public final class SideViewReader implements SideInputReader {
  private final Map<PCollectionView<?>, SideView> views;

  /** Creates a reader of these views. */
  public SideViewReader(Map<PCollectionView<?>, SideView> views) {
    this.views = views;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"})
  public <T> T get(PCollectionView<T> view, BoundedWindow window) {
    SideView side = views.get(view);
    if (side == null) {
      throw new IllegalArgumentException("The step does not use the view " + view + ".");
    }
    @Nullable Object value = side.get(window);
    return (T) value;
  }

  @Override
  public <T> boolean contains(PCollectionView<T> view) {
    return views.containsKey(view);
  }

  @Override
  public boolean isEmpty() {
    return views.isEmpty();
  }
}
