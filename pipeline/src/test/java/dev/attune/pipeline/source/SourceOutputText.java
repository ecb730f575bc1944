package dev.attune.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.stage.SourceOutput;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/** The output of a source as texts, for assertions. */
public final class SourceOutputText {
  private SourceOutputText() {}

  /** Returns id and location of each example. */
  public static PCollection<String> examples(SourceOutput read) {
    return strings("Examples", read.examples(), each -> each.id() + " " + each.location());
  }

  /** Returns a text for each value. */
  public static <T> PCollection<String> strings(
      String step, PCollection<T> values, SerializableFunction<T, String> shown) {
    return values.apply(step, MapElements.into(TypeDescriptors.strings()).via(shown));
  }

  /** Asserts the sums of counts by outcome. */
  public static @Nullable Void sumTo(Iterable<Tally> tallies, Map<String, Long> expected) {
    Map<String, Long> counts = new TreeMap<>();
    tallies.forEach(tally -> counts.merge(tally.outcome(), tally.count(), Long::sum));
    assertThat(counts).isEqualTo(expected);
    return null;
  }
}
