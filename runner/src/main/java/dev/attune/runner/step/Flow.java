package dev.attune.runner.step;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * The elements of a PCollection on their way to the steps that consume them in the same stage. A
 * PCollection that is also read from a store has one more flow for each stage that reads it.
 */
public final class Flow {
  private final PCollection<?> collection;
  private final String producer;
  private final FlowOrigin origin;
  private final List<GraphStep> consumers = new ArrayList<>();

  /**
   * Creates a flow without consumers.
   *
   * @param collection the PCollection
   * @param producer the full name of the transform that produces it
   * @param origin what produces it
   */
  public Flow(PCollection<?> collection, String producer, FlowOrigin origin) {
    this.collection = collection;
    this.producer = producer;
    this.origin = origin;
  }

  /** Adds a step that consumes the elements. */
  public void addConsumer(GraphStep step) {
    consumers.add(step);
  }

  /** The PCollection. */
  public PCollection<?> collection() {
    return collection;
  }

  /** The full name of the transform that produces the elements. */
  public String producer() {
    return producer;
  }

  FlowOrigin origin() {
    return origin;
  }

  List<GraphStep> consumers() {
    return consumers;
  }

  /** The coder of the elements. */
  @SuppressWarnings("unchecked")
  public Coder<Object> coder() {
    return (Coder<Object>) collection.getCoder();
  }

  /** The windows of the elements. */
  public WindowingStrategy<?, ?> windowing() {
    return collection.getWindowingStrategy();
  }
}
