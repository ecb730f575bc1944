package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRunnerTest {
  @Test
  void isFoundByName() {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs("--runner=LocalRunner", "--localParallelism=3")
                .create());
    LocalPipelines.collect(pipeline.apply(Create.of("a", "b")), "by name");
    assertThat(pipeline.run().getState()).isEqualTo(PipelineResult.State.DONE);
    assertThat(LocalPipelines.collected("by name")).containsExactly("a", "b");
  }

  @Test
  void occupiesAllThreadsWithFewSlowElements() {
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalParallelism(4));
    PCollection<Long> slow =
        pipeline
            .apply(GenerateSequence.from(0).to(12))
            .apply(Reshuffle.viaRandomKey())
            .apply(
                ParDo.of(
                    new LocalPipelines.DoFirstFn<>(element -> TimeUnit.MILLISECONDS.sleep(50))));
    LocalPipelines.collect(slow.apply(ParDo.of(new ThreadFn())).apply(Distinct.create()), "slow");
    pipeline.run();
    assertThat(LocalPipelines.collected("slow")).hasSize(4);
  }

  private static final class ThreadFn extends DoFn<Long, String> {
    @ProcessElement
    public void processElement(OutputReceiver<String> out) {
      out.output(Thread.currentThread().getName());
    }
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> LocalPipelines.create(options -> options.setLocalParallelism(0)).run())
        .hasStackTraceContaining("--localParallelism is 0 and must be at least 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16})
  void givesTheSameResultsWithAnyNumberOfThreads(int threads) {
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalParallelism(threads));
    MixedPipeline.build(pipeline, "threads");
    pipeline.run();
    MixedPipeline.check("threads");
  }

  @Test
  void endsAPipelineWithoutElements() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    PCollection<String> none = pipeline.apply(Create.empty(StringUtf8Coder.of()));
    PCollectionView<List<String>> view = none.apply(View.asList());
    LocalPipelines.collect(
        pipeline.apply(Create.of(1L)).apply(ParDo.of(new SizeFn(view)).withSideInputs(view)),
        "none");
    none.apply(Count.perElement());
    assertThat(pipeline.run().getState()).isEqualTo(PipelineResult.State.DONE);
    assertThat(LocalPipelines.collected("none")).containsExactly("0");
    assertThat(LocalPipelines.create(options -> {}).run().getState())
        .isEqualTo(PipelineResult.State.DONE);
  }

  private static final class SizeFn extends DoFn<Long, Integer> {
    private final PCollectionView<List<String>> view;

    SizeFn(PCollectionView<List<String>> view) {
      this.view = view;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      context.output(context.sideInput(view).size());
    }
  }

  @Test
  void storesTheInputOfAStepWhoseViewComesFromTheSameInput() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    PCollection<Long> numbers = pipeline.apply(GenerateSequence.from(0).to(100));
    PCollectionView<Long> count = numbers.apply(Count.globally()).apply(View.asSingleton());
    PCollection<Long> added =
        numbers.apply("Add", ParDo.of(new AddFn(count)).withSideInputs(count));
    PCollectionView<Long> again =
        added.apply("Again", Count.globally()).apply("View", View.asSingleton());
    PCollection<Long> twice =
        added.apply("Add again", ParDo.of(new AddFn(again)).withSideInputs(again));
    LocalPipelines.collect(twice.apply(Sum.longsGlobally()), "same input");
    pipeline.run();
    assertThat(LocalPipelines.collected("same input"))
        .containsExactly(String.valueOf(LongStream.range(0, 100).sum() + 2 * 100 * 100));
  }

  private static final class AddFn extends DoFn<Long, Long> {
    private final PCollectionView<Long> view;

    AddFn(PCollectionView<Long> view) {
      this.view = view;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      context.output(context.element() + context.sideInput(view));
    }
  }

  @Test
  void mergesSessionsOfEachKey() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    PCollection<KV<String, Long>> values =
        pipeline
            .apply(Create.of(1L, 2L, 3L, 20L, 21L, 50L))
            .apply(WithTimestamps.of(Instant::ofEpochMilli))
            .apply(Window.into(Sessions.withGapDuration(Duration.parse("PT0.010S"))))
            .apply(WithKeys.of("key"));
    LocalPipelines.collect(
        values
            .apply(GroupByKey.create())
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        kv ->
                            StreamSupport.stream(kv.getValue().spliterator(), false)
                                .sorted()
                                .toList()
                                .toString())),
        "sessions");
    LocalPipelines.collect(values.apply(Sum.longsPerKey()), "session sums");
    pipeline.run();
    assertThat(LocalPipelines.collected("sessions"))
        .containsExactly("[1, 2, 3]", "[20, 21]", "[50]");
    assertThat(LocalPipelines.collected("session sums"))
        .containsExactly("KV{key, 41}", "KV{key, 50}", "KV{key, 6}");
  }

  @Test
  void refusesUnboundedInputByTheTransformsName() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    pipeline.apply("Count for ever", GenerateSequence.from(0));
    assertThatThrownBy(pipeline::run)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("LocalRunner cannot run transform Count for ever")
        .hasMessageEndingWith("its output is unbounded, and only bounded pipelines are supported.");
  }

  @Test
  void refusesTestStream() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    pipeline.apply("Stream", TestStream.create(VarLongCoder.of()).advanceWatermarkToInfinity());
    assertThatThrownBy(pipeline::run)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "LocalRunner cannot run transform Stream: TestStream needs a runner for unbounded"
                + " pipelines.");
  }

  @Test
  void refusesStateInMergingWindows() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    pipeline
        .apply(Create.of(KV.of("a", 1L)))
        .apply(Window.into(Sessions.withGapDuration(Duration.parse("PT0.010S"))))
        .apply("Remember", ParDo.of(new LastFn()));
    assertThatThrownBy(pipeline::run)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Remember")
        .hasMessageContaining("state and timers are not supported in windows that merge.");
  }

  private static final class LastFn extends DoFn<KV<String, Long>, Long> {
    @StateId("last")
    private final StateSpec<ValueState<Long>> last = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void processElement(
        @Element KV<String, Long> element, @StateId("last") ValueState<Long> state) {
      state.write(element.getValue());
    }
  }

  @Test
  void keepsWindowsOfFlattenedAndRedistributedElements() {
    Pipeline pipeline = LocalPipelines.create(options -> {});
    PCollection<KV<String, Long>> some =
        pipeline
            .apply(
                Create.timestamped(
                        List.of(
                            org.apache.beam.sdk.values.TimestampedValue.of(
                                KV.of("a", 1L), Instant.ofEpochMilli(1)),
                            org.apache.beam.sdk.values.TimestampedValue.of(
                                KV.of("a", 2L), Instant.ofEpochMilli(15))))
                    .withCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
            .apply(Window.into(FixedWindows.of(Duration.parse("PT0.010S"))));
    PCollection<KV<String, Long>> both =
        PCollectionList.of(some).and(some.apply(Reshuffle.of())).apply(Flatten.pCollections());
    LocalPipelines.collect(both.apply(Sum.longsPerKey()), "windows");
    pipeline.run();
    assertThat(LocalPipelines.collected("windows")).containsExactly("KV{a, 2}", "KV{a, 4}");
  }
}
