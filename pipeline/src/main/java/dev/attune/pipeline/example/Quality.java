package dev.attune.pipeline.example;

import java.util.ArrayList;
import java.util.List;

/**
 * The quality of a generated text.
 *
 * @param tenths the score in tenths, 0 to 100
 * @param factors the bits of the {@link QualityFactor}s that made it (bit n: the factor with
 *     ordinal n); 0 if the sample came with a score
 * @param brought whether the sample came with its score, so that none was computed
 */
public record Quality(int tenths, int factors, boolean brought) {
  public Quality {
    if (tenths < 0 || tenths > 100) {
      throw new IllegalArgumentException("quality is " + tenths + " tenths, not 0 to 100");
    }
  }

  /** Returns the factors in their order. */
  public List<QualityFactor> factorList() {
    List<QualityFactor> list = new ArrayList<>();
    for (QualityFactor factor : QualityFactor.values()) {
      if ((factors & factor.bit()) != 0) {
        list.add(factor);
      }
    }
    return list;
  }
}
