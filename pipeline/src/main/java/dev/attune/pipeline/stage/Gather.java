package dev.attune.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.jspecify.annotations.Nullable;

/**
 * Flattens collections, and gathers the values of a collection in one worker.
 *
 * <p>A collection that is viewed as a side input must not be empty: on the DirectRunner of Beam
 * 2.70.0 a step whose side input stays empty may never start. So {@link #sum} and {@link
 * #inOneGroup} add a neutral value.
 */
public final class Gather {
  private Gather() {}

  /**
   * Flattens the collections that are not null; returns a single one as it is.
   *
   * @param step the name of the step
   * @throws RuntimeException if all are null
   */
  @SafeVarargs
  public static <T> PCollection<T> flatten(String step, @Nullable PCollection<T>... parts) {
    List<PCollection<T>> present = new ArrayList<>();
    for (PCollection<T> part : parts) {
      if (part != null) {
        present.add(part);
      }
    }
    return flatten(step, present);
  }

  /** Flattens at least one collection; returns a single one as it is. */
  public static <T> PCollection<T> flatten(String step, List<PCollection<T>> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : PCollectionList.of(parts).apply(step, Flatten.pCollections());
  }

  /**
   * Returns a collection of one value, the sum of all values. One worker computes it; runners that
   * can, sum parts on other workers first.
   *
   * @param what names the steps
   * @param none the sum of no values
   * @param sum associative and commutative; must not change its arguments
   */
  public static <T> PCollection<T> sum(
      String what, PCollection<T> values, T none, SerializableFunction<Iterable<T>, T> sum) {
    return withNone(what, values, none)
        .apply("Sum" + what, Combine.globally(sum).withoutDefaults())
        .setCoder(values.getCoder());
  }

  /**
   * Returns a collection of one group, with all values. One worker reads it.
   *
   * @param what names the steps
   * @param none a placeholder that the reader of the group ignores
   */
  public static <T> PCollection<KV<Integer, Iterable<T>>> inOneGroup(
      String what, PCollection<T> values, T none) {
    return withNone(what, values, none)
        .apply("Key" + what, WithKeys.of(0))
        .apply("Group" + what, GroupByKey.create());
  }

  /** Returns the collection with one more value, so that it is not empty. */
  public static <T> PCollection<T> withNone(String what, PCollection<T> values, T none) {
    return flatten(
        "Collect" + what,
        values,
        values
            .getPipeline()
            .apply("CreateNo" + what, Create.of(none).withCoder(values.getCoder())));
  }
}
