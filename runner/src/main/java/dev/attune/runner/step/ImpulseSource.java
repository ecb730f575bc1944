package dev.attune.runner.step;

import java.util.List;
import org.apache.beam.sdk.values.WindowedValues;

/** One empty byte array. */
public final class ImpulseSource implements BundleSource {
  @Override
  public List<Bundle> plan() {
    return List.of(receiver -> receiver.accept(WindowedValues.valueInGlobalWindow(new byte[0])));
  }
}
