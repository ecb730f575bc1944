package dev.attune.pipeline.stage;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The typed input or output of a stage: a record whose components are PCollections. An optional
 * component may be null. Components of other types, for example views, are allowed; Beam does not
 * see them. Implemented by records only.
 *
 * @param <R> the record itself
 */
public interface CollectionRecord<R extends CollectionRecord<R>> extends PInput, POutput {
  /** Applies a stage to this record, as {@link PCollection#apply(String, PTransform)} does. */
  @SuppressWarnings("unchecked")
  default <O extends POutput> O apply(String name, PTransform<? super R, O> stage) {
    return Pipeline.applyTransform(name, (R) this, stage);
  }

  @Override
  default Pipeline getPipeline() {
    return expand().values().iterator().next().getPipeline();
  }

  @Override
  default Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> collections = new LinkedHashMap<>();
    for (RecordComponent component : getClass().getRecordComponents()) {
      String name = component.getName();
      Object value = value(component.getAccessor());
      if (value instanceof PCollection<?> collection) {
        collections.put(new TupleTag<>(name), collection);
      } else if (value instanceof CollectionRecord<?> nested) {
        nested
            .expand()
            .forEach(
                (tag, part) -> collections.put(new TupleTag<>(name + "." + tag.getId()), part));
      }
    }
    return collections;
  }

  private Object value(Method accessor) {
    try {
      accessor.setAccessible(true);
      return accessor.invoke(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  default void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    // The transforms that made the collections have finished them.
  }
}
