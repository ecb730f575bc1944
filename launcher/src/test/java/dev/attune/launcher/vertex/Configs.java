package dev.attune.launcher.vertex;

import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Patience;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.emulator.VertexEmulator;
import java.time.Duration;

/** Configurations that point at an emulator. */
final class Configs {
  static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(3, 4, 1.0);

  private Configs() {}

  static TuningConfig of(VertexEmulator emulator) {
    return of(emulator, Duration.ofSeconds(20));
  }

  static TuningConfig of(VertexEmulator emulator, Duration call) {
    return of(
        new TuningPlace(
            "my-project",
            "us-central1",
            "gs://" + VertexEmulator.BUCKET + "/attune/",
            emulator.endpoint(),
            true,
            emulator.storageEndpoint()),
        call);
  }

  static TuningConfig of(TuningPlace place, Duration call) {
    return new TuningConfig(
        BackEnd.VERTEX,
        "gemini-3.5-flash",
        place,
        HYPERPARAMETERS,
        null,
        new Patience(Duration.ofMinutes(10), call, null, Duration.ofHours(24)),
        null);
  }
}
