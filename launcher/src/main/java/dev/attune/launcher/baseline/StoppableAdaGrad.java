package dev.attune.launcher.baseline;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.tribuo.math.Parameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.Tensor;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * AdaGrad that can be stopped: Tribuo trains all epochs in one call, and calls the optimiser after
 * every example.
 */
final class StoppableAdaGrad implements StochasticGradientOptimiser {
  /** Keeps the size of the first steps finite; Tribuo's own default. */
  private static final double EPSILON = 0.1;

  /** The check for a stop reads the file system. */
  private static final int STEPS_BETWEEN = 256;

  private final AdaGrad adaGrad;
  private final BooleanSupplier stop;
  private final IntConsumer stepped;
  private int steps;

  /**
   * Creates an optimiser.
   *
   * @param stop called from time to time by the thread that trains; when it returns true, training
   *     ends with a {@link CancellationException}
   * @param stepped receives the number of steps from time to time
   */
  StoppableAdaGrad(double learningRate, BooleanSupplier stop, IntConsumer stepped) {
    this(new AdaGrad(learningRate, EPSILON), stop, stepped);
  }

  private StoppableAdaGrad(AdaGrad adaGrad, BooleanSupplier stop, IntConsumer stepped) {
    this.adaGrad = adaGrad;
    this.stop = stop;
    this.stepped = stepped;
  }

  @Override
  public void initialise(Parameters parameters) {
    adaGrad.initialise(parameters);
  }

  @Override
  public Tensor[] step(Tensor[] updates, double weight) {
    if (steps % STEPS_BETWEEN == 0) {
      stepped.accept(steps);
      if (stop.getAsBoolean()) {
        throw new CancellationException("training was stopped");
      }
    }
    steps++;
    return adaGrad.step(updates, weight);
  }

  @Override
  public void finalise() {
    adaGrad.finalise();
  }

  @Override
  public void reset() {
    adaGrad.reset();
  }

  @Override
  public StochasticGradientOptimiser copy() {
    return new StoppableAdaGrad(adaGrad.copy(), stop, stepped);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return adaGrad.getProvenance();
  }
}
