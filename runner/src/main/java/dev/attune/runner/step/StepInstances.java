package dev.attune.runner.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.beam.sdk.values.WindowedValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All steps of a stage as one thread uses them. A step's instance is created when the first element
 * reaches it, so steps without elements cost nothing.
 */
public final class StepInstances {
  private static final Logger LOG = LoggerFactory.getLogger(StepInstances.class);
  private static final ElementReceiver NOWHERE = element -> {};

  private final RunContext run;
  private final ElementReceiver root;
  private final IdentityHashMap<Object, ElementReceiver> receivers = new IdentityHashMap<>();
  private final List<OrderedStep> placed = new ArrayList<>();
  private boolean sorted = true;
  private @Nullable RuntimeException hidden;

  private record OrderedStep(int order, StepInstance instance) {}

  /** Creates the instances of the stage that begins with this flow. */
  public StepInstances(RunContext run, Flow root) {
    this.run = run;
    this.root = receiverOf(root);
  }

  /** Takes the elements that the stage begins with. */
  public ElementReceiver root() {
    return root;
  }

  /** What all steps of the run share. */
  public RunContext run() {
    return run;
  }

  /** Returns what takes the elements of a flow. */
  public ElementReceiver receiverOf(Flow flow) {
    ElementReceiver known = receivers.get(flow);
    if (known != null) {
      return known;
    }
    List<ElementReceiver> consumers = new ArrayList<>();
    for (GraphStep consumer : flow.consumers()) {
      consumers.add(new Lazy(consumer));
    }
    ElementReceiver receiver;
    if (isEnforced(flow)) {
      EnforcingReceiver enforcing = new EnforcingReceiver(flow, run.enforcement(), consumers);
      place(Integer.MAX_VALUE, enforcing);
      receiver = enforcing;
    } else if (consumers.isEmpty()) {
      receiver = NOWHERE;
    } else if (consumers.size() == 1) {
      receiver = consumers.get(0);
    } else {
      receiver = new FanOut(consumers.toArray(new ElementReceiver[0]));
    }
    receivers.put(flow, receiver);
    return receiver;
  }

  private boolean isEnforced(Flow flow) {
    return run.enforcement().any()
        && flow.origin() != FlowOrigin.KEYED
        && (flow.origin() == FlowOrigin.DO_FN || !flow.consumers().isEmpty());
  }

  private ElementReceiver instanceOf(GraphStep step) {
    ElementReceiver known = receivers.get(step);
    if (known == null) {
      StepInstance instance = step.open(this);
      place(step.order(), instance);
      receivers.put(step, instance);
      known = instance;
    }
    return known;
  }

  private void place(int order, StepInstance instance) {
    placed.add(new OrderedStep(order, instance));
    sorted = false;
  }

  /** Remembers an exception that a DoFn may catch although it comes from a later step. */
  public void failed(RuntimeException failure) {
    if (hidden == null) {
      hidden = failure;
    }
  }

  /** Finishes and commits the bundle, steps in topological order. */
  public void finishBundle() {
    throwHidden();
    // A step that finishes may send elements to steps that had none.
    for (int i = 0; i < inOrder().size(); i++) {
      inOrder().get(i).instance().finishBundle();
      throwHidden();
    }
    for (OrderedStep step : inOrder()) {
      step.instance().commitBundle();
    }
  }

  /** Begins the next bundle with what the committed one left for it; false if that is nothing. */
  public boolean resume() {
    boolean resumed = false;
    // A step that resumes may send elements to steps that had none.
    for (int i = 0; i < inOrder().size(); i++) {
      resumed |= inOrder().get(i).instance().resume();
    }
    return resumed;
  }

  private List<OrderedStep> inOrder() {
    if (!sorted) {
      placed.sort(Comparator.comparingInt(OrderedStep::order));
      sorted = true;
    }
    return placed;
  }

  private void throwHidden() {
    if (hidden != null) {
      throw hidden;
    }
  }

  /** Forgets what the bundle did. The instances are not used again. */
  public void abortBundle() {
    for (OrderedStep step : placed) {
      step.instance().abortBundle();
    }
  }

  /** Hands over what the bundles left for the next stages. */
  public void close() throws IOException {
    for (OrderedStep step : inOrder()) {
      step.instance().close();
    }
  }

  /** Tears down all steps. */
  public void tearDown() {
    for (OrderedStep step : placed) {
      Throwable failure =
          Attempt.failureOf(
              () -> {
                step.instance().tearDown();
                return null;
              });
      if (failure != null) {
        LOG.warn("A teardown method failed; the result of the run is not affected.", failure);
      }
    }
  }

  /** Creates the consumer when it is first needed. */
  private final class Lazy implements ElementReceiver {
    private final GraphStep step;
    private @Nullable ElementReceiver instance;

    Lazy(GraphStep step) {
      this.step = step;
    }

    @Override
    public void accept(WindowedValue<?> element) {
      if (instance == null) {
        instance = instanceOf(step);
      }
      instance.accept(element);
    }
  }

  /** Passes elements to several consumers. */
  private static final class FanOut implements ElementReceiver {
    private final ElementReceiver[] consumers;

    FanOut(ElementReceiver[] consumers) {
      this.consumers = consumers;
    }

    @Override
    public void accept(WindowedValue<?> element) {
      for (ElementReceiver consumer : consumers) {
        consumer.accept(element);
      }
    }
  }
}
