package dev.attune.runner.buffer;

import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.runners.core.InMemoryMultimapSideInputView;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Materializations;
import org.apache.beam.sdk.transforms.Materializations.IterableView;
import org.apache.beam.sdk.transforms.Materializations.MultimapView;
import org.apache.beam.sdk.transforms.ViewFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;
import org.jspecify.annotations.Nullable;

/**
 * A view for side inputs. Its elements are decoded when it is first read, and are held until the
 * last step that uses the view has ended. The value in a window is made once and shared.
 */
// What runners need of a view is deprecated for pipelines, not for runners.
@SuppressWarnings("deprecation")
public final class SideView {
  private final PCollectionView<?> view;
  private final ElementStore store;
  private final Map<BoundedWindow, Optional<Object>> values = new ConcurrentHashMap<>();
  private @Nullable Map<BoundedWindow, List<Object>> elements;
  private int users;

  /** Creates a view of the elements that will be in the store. */
  public SideView(PCollectionView<?> view, ElementStore store) {
    String urn = view.getViewFn().getMaterialization().getUrn();
    if (!urn.equals(Materializations.ITERABLE_MATERIALIZATION_URN)
        && !urn.equals(Materializations.MULTIMAP_MATERIALIZATION_URN)) {
      throw new UnsupportedOperationException(
          "LocalRunner cannot read the view %s: it does not know the materialization %s."
              .formatted(view.getName(), urn));
    }
    this.view = view;
    this.store = store;
  }

  /** Counts a stage that reads the view. */
  public synchronized void addUser() {
    users++;
  }

  /** Ends {@link #addUser}; the last one releases the elements. */
  public synchronized void removeUser() throws IOException {
    users--;
    if (users == 0) {
      values.clear();
      elements = Map.of();
      store.close();
    }
  }

  /** Returns the view's value in a window of the view, or null. */
  @Nullable Object get(BoundedWindow window) {
    Optional<Object> value = values.get(window);
    if (value == null) {
      value =
          values.computeIfAbsent(
              window, missing -> Optional.ofNullable(apply(elementsIn(missing))));
    }
    return value.orElse(null);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private @Nullable Object apply(List<Object> contents) {
    ViewFn<?, ?> viewFn = view.getViewFn();
    if (viewFn
        .getMaterialization()
        .getUrn()
        .equals(Materializations.ITERABLE_MATERIALIZATION_URN)) {
      return ((ViewFn<IterableView<Object>, Object>) viewFn).apply(() -> contents);
    }
    Coder<Object> keyCoder = ((KvCoder<Object, Object>) view.getCoderInternal()).getKeyCoder();
    return ((ViewFn<MultimapView<Object, Object>, Object>) viewFn)
        .apply(
            InMemoryMultimapSideInputView.fromIterable(
                keyCoder, (List<KV<Object, Object>>) (List) contents));
  }

  private synchronized List<Object> elementsIn(BoundedWindow window) {
    if (elements == null) {
      elements = decoded();
    }
    return elements.getOrDefault(window, List.of());
  }

  private Map<BoundedWindow, List<Object>> decoded() {
    Map<BoundedWindow, List<Object>> byWindow = new HashMap<>();
    try {
      for (ElementRange range : store.ranges(1)) {
        ByteSource source = range.open();
        for (int i = 0; i < range.count(); i++) {
          source.readVarInt();
          WindowedValue<Object> element = store.codec().decode(source);
          for (BoundedWindow window : element.getWindows()) {
            byWindow.computeIfAbsent(window, missing -> new ArrayList<>()).add(element.getValue());
          }
        }
        store.release(range);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byWindow.replaceAll((window, values) -> Collections.unmodifiableList(values));
    return byWindow;
  }
}
