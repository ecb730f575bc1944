package dev.attune.runner.step;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.IllegalMutationException;
import org.apache.beam.sdk.util.MutationDetector;
import org.apache.beam.sdk.util.MutationDetectors;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.WindowedValue;

/** Checks the elements of a flow, on their way to the consumers. */
final class EnforcingReceiver extends StepInstance {
  private final Flow flow;
  private final Enforcement enforcement;
  private final Coder<Object> coder;
  private final List<GraphStep> consumers;
  private final List<ElementReceiver> receivers;
  private final List<MutationDetector> outputs = new ArrayList<>();

  EnforcingReceiver(Flow flow, Enforcement enforcement, List<ElementReceiver> receivers) {
    this.flow = flow;
    this.enforcement = enforcement;
    this.coder = flow.coder();
    this.consumers = flow.consumers();
    this.receivers = receivers;
  }

  @Override
  public void accept(WindowedValue<?> element) {
    try {
      if (enforcement.immutability() && flow.origin() == FlowOrigin.DO_FN) {
        outputs.add(MutationDetectors.forValueWithCoder(element.getValue(), coder));
      }
      if (enforcement.encodability() && receivers.isEmpty()) {
        CoderUtils.clone(coder, element.getValue());
      }
      for (int i = 0; i < receivers.size(); i++) {
        WindowedValue<?> passed =
            enforcement.encodability()
                ? element.withValue(CoderUtils.clone(coder, element.getValue()))
                : element;
        if (enforcement.immutability()) {
          MutationDetector input = MutationDetectors.forValueWithCoder(passed.getValue(), coder);
          receivers.get(i).accept(passed);
          verify(input, consumers.get(i).name(), "A DoFn must not change its input.");
        } else {
          receivers.get(i).accept(passed);
        }
      }
    } catch (CoderException e) {
      throw UserCodeException.wrap(e);
    }
  }

  @Override
  public void finishBundle() {
    for (MutationDetector output : outputs) {
      verify(output, flow.producer(), "A DoFn must not change a value after it has output it.");
    }
    outputs.clear();
  }

  @Override
  public void abortBundle() {
    outputs.clear();
  }

  private static void verify(MutationDetector detector, String transform, String rule) {
    try {
      detector.verifyUnmodified();
    } catch (IllegalMutationException e) {
      // The value itself may be private, and messages end up in logs.
      Object saved = e.getSavedValue();
      String type = saved == null ? "null" : saved.getClass().getName();
      throw UserCodeException.wrap(
          new IllegalMutationException(
              "The transform %s changed a value of class %s. %s".formatted(transform, type, rule),
              saved,
              e.getNewValue()));
    }
  }
}
