package dev.attune.runner.step;

import org.apache.beam.sdk.values.WindowedValue;

/** Passes the elements of each input on. */
public final class FlattenStep extends GraphStep {
  private final Flow output;

  /** Creates the step. */
  public FlattenStep(String name, int order, Flow output) {
    super(name, order);
    this.output = output;
  }

  @Override
  public StepInstance open(StepInstances stage) {
    ElementReceiver receiver = stage.receiverOf(output);
    return new StepInstance() {
      @Override
      public void accept(WindowedValue<?> element) {
        receiver.accept(element);
      }
    };
  }
}
