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
 * AdaGrad that can be told to stop: Tribuo trains all epochs in one call, and asks the optimiser
 * after every example.
 */
final class StoppableAdaGrad implements StochasticGradientOptimiser {
  /** Keeps the size of the first steps finite; Tribuo's own default. */
  private static final double EPSILON = 0.1;

  /** Asking costs a look at the file system. */
  private static final int STEPS_BETWEEN = 256;

  private final AdaGrad adaGrad;
  private final BooleanSupplier stop;
  private final IntConsumer stepped;
  private int steps;

  /**
   * An optimiser.
   *
   * @param stop asked now and then, from the thread that trains; once it says so, training ends by
   *     a {@link CancellationException}
   * @param stepped told now and then how many steps were taken
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
