package dev.attune.runner;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;

/** Pipelines on the local runner for tests, and what comes out of them. */
final class LocalPipelines {
  private static final Map<String, ConcurrentLinkedQueue<Object>> COLLECTED =
      new ConcurrentHashMap<>();

  private LocalPipelines() {}

  /** Creates a pipeline that runs on the local runner. */
  static Pipeline create(Consumer<LocalOptions> settings) {
    LocalOptions options = PipelineOptionsFactory.as(LocalOptions.class);
    options.setRunner(LocalRunner.class);
    settings.accept(options);
    return Pipeline.create(options);
  }

  /** Collects the elements, as text, under a name. */
  static void collect(PCollection<?> elements, String name) {
    COLLECTED.put(name, new ConcurrentLinkedQueue<>());
    collectAs(elements, name);
  }

  private static <T> void collectAs(PCollection<T> elements, String name) {
    elements.apply("Collect " + name, ParDo.of(new CollectFn<T>(name, String::valueOf)));
  }

  /** The collected elements, sorted. */
  static List<String> collected(String name) {
    return COLLECTED.getOrDefault(name, new ConcurrentLinkedQueue<>()).stream()
        .map(String::valueOf)
        .sorted()
        .toList();
  }

  private static final class CollectFn<T> extends DoFn<T, Void> {
    private final String name;
    private final SerializableFunction<T, String> text;

    CollectFn(String name, SerializableFunction<T, String> text) {
      this.name = name;
      this.text = text;
    }

    @ProcessElement
    public void processElement(@Element T element) {
      COLLECTED
          .computeIfAbsent(name, missing -> new ConcurrentLinkedQueue<>())
          .add(text.apply(element));
    }
  }

  /** Code that a DoFn runs for each element. */
  @FunctionalInterface
  interface ElementCode<T> extends Serializable {
    /** Runs the code. */
    void run(T element) throws Exception;
  }

  /** Runs code for each element and passes the element on. */
  static final class DoFirstFn<T> extends DoFn<T, T> {
    private final ElementCode<T> code;

    DoFirstFn(ElementCode<T> code) {
      this.code = code;
    }

    @ProcessElement
    public void processElement(@Element T element, OutputReceiver<T> out) throws Exception {
      code.run(element);
      out.output(element);
    }
  }
}
