package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** A pipeline that groups, combines, flattens, redistributes, has a view and state. */
final class MixedPipeline {
  private static final int ELEMENTS = 20_000;
  private static final int KEYS = 700;

  private MixedPipeline() {}

  static void build(Pipeline pipeline, String name) {
    PCollection<Long> numbers =
        pipeline.apply(GenerateSequence.from(0).to(ELEMENTS)).apply(Reshuffle.viaRandomKey());
    PCollection<Long> some = pipeline.apply(Create.of(LongStream.range(0, 10).boxed().toList()));
    PCollectionView<List<Long>> view = some.apply(View.asList());
    PCollection<KV<Long, Long>> keyed =
        PCollectionList.of(numbers)
            .and(some)
            .apply(Flatten.pCollections())
            .apply(
                WithKeys.of((Long number) -> number % KEYS).withKeyType(TypeDescriptors.longs()));
    LocalPipelines.collect(
        keyed
            .apply(GroupByKey.create())
            .apply("Sum twice", ParDo.of(new SumTwiceFn(view)).withSideInputs(view))
            .apply("Sum of all", Sum.longsGlobally()),
        name + " grouped");
    LocalPipelines.collect(
        keyed.apply(Count.perKey()).apply("Count counts", Count.globally()), name + " counted");
    LocalPipelines.collect(
        keyed.apply("Number", ParDo.of(new NumberFn())).apply("Sum numbers", Sum.longsGlobally()),
        name + " numbered");
    LocalPipelines.collect(
        keyed
            .apply(
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                    .via(kv -> KV.of("one", kv.getValue())))
            .apply("Group under one key", GroupByKey.create())
            .apply("Sum one key", ParDo.of(new SumValuesFn())),
        name + " one key");
  }

  static void check(String name) {
    long sum = LongStream.range(0, ELEMENTS).sum() + LongStream.range(0, 10).sum();
    assertThat(LocalPipelines.collected(name + " grouped"))
        .containsExactly(String.valueOf(2 * sum + 10L * KEYS));
    assertThat(LocalPipelines.collected(name + " counted")).containsExactly(String.valueOf(KEYS));
    long numbers =
        LongStream.range(0, KEYS)
            .map(key -> (ELEMENTS - 1 - key) / KEYS + 1 + (key < 10 ? 1 : 0))
            .map(count -> count * (count + 1) / 2)
            .sum();
    assertThat(LocalPipelines.collected(name + " numbered"))
        .containsExactly(String.valueOf(numbers));
    assertThat(LocalPipelines.collected(name + " one key")).containsExactly(String.valueOf(sum));
  }

  /** Reads the values twice, and adds the size of the view. */
  private static final class SumTwiceFn extends DoFn<KV<Long, Iterable<Long>>, Long> {
    private final PCollectionView<List<Long>> view;

    SumTwiceFn(PCollectionView<List<Long>> view) {
      this.view = view;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      long sum = context.sideInput(view).size();
      for (int i = 0; i < 2; i++) {
        for (long value : context.element().getValue()) {
          sum += value;
        }
      }
      context.output(sum);
    }
  }

  private static final class SumValuesFn extends DoFn<KV<String, Iterable<Long>>, Long> {
    @ProcessElement
    public void processElement(
        @Element KV<String, Iterable<Long>> element, OutputReceiver<Long> out) {
      long sum = 0;
      for (long value : element.getValue()) {
        sum += value;
      }
      out.output(sum);
    }
  }

  /** Numbers the elements of each key from 1. */
  private static final class NumberFn extends DoFn<KV<Long, Long>, Long> {
    @StateId("count")
    private final StateSpec<ValueState<Long>> count = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void processElement(@StateId("count") ValueState<Long> state, OutputReceiver<Long> out) {
      Long before = state.read();
      long number = before == null ? 1 : before + 1;
      state.write(number);
      out.output(number);
    }
  }
}
