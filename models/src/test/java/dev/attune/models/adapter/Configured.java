package dev.attune.models.adapter;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.Answers;
import dev.attune.config.textmodel.ModelConfig.Provider;
import dev.attune.config.textmodel.ModelConfig.RequestLimits;
import java.time.Duration;
import java.util.List;

/** Configurations of models for tests. */
public final class Configured {
  /** A deadline that no test reaches unless it wants to. */
  public static final Duration LONG = Duration.ofSeconds(30);

  private Configured() {}

  /** Returns a model that is asked here, with a deadline. */
  public static ModelConfig model(
      Provider provider, String model, Access access, Duration deadline) {
    return new ModelConfig(
        "writer",
        provider,
        model,
        null,
        access,
        new Answers(null, null, null, null),
        new RequestLimits(1000, null, 4, deadline),
        null,
        null,
        List.of());
  }
}
