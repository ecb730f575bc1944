package dev.attune.pipeline.stage;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * A singleton side input that a DoFn reads once instead of once for each element: on Flink, reading
 * it takes longer than most of the work with it. For bounded collections in the global window,
 * whose views have one value during the life of a DoFn.
 *
 * @param <T> the value
 */
public final class CachedSideInput<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PCollectionView<T> view;
  private transient @Nullable T value;

  /**
   * @param view must also be given to {@code ParDo.withSideInputs}
   */
  public CachedSideInput(PCollectionView<T> view) {
    this.view = view;
  }

  /** Returns the value; reads it from the context the first time. */
  public T get(DoFn<?, ?>.ProcessContext context) {
    T read = value;
    if (read == null) {
      read = context.sideInput(view);
      value = read;
    }
    return read;
  }
}
