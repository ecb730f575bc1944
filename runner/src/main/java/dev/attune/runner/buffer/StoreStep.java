package dev.attune.runner.buffer;

import dev.attune.runner.step.Flow;
import dev.attune.runner.step.GraphStep;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepInstance;
import dev.attune.runner.step.StepInstances;
import java.io.IOException;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.WindowedValue;

/** Stores the elements of a PCollection for a later stage. */
public final class StoreStep extends GraphStep {
  private final ElementStore store;

  /** Creates the step with an empty store. */
  public StoreStep(String name, int order, Flow input, RunContext run) {
    super(name, order);
    this.store =
        new ElementStore(
            new ElementCodec(input.coder(), input.windowing()), run.budget(), run.folder());
  }

  /** The stored elements. */
  public ElementStore store() {
    return store;
  }

  @Override
  public StepInstance open(StepInstances stage) {
    ElementWriter writer = store.writer();
    return new StepInstance() {
      @Override
      public void accept(WindowedValue<?> element) {
        try {
          writer.add(element);
        } catch (IOException e) {
          throw UserCodeException.wrap(e);
        }
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }
}
