package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.aiplatform.v1.SupervisedTuningSpec;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The back end, on the emulator of the service. */
abstract class VertexBackEndOnEmulator {
  static final String FINGERPRINT = "sha256:" + "0123456789abcdef".repeat(4);
  static final String TRAINING = "gs://" + VertexEmulator.BUCKET + "/d/train.jsonl";
  static final String VALIDATION = "gs://" + VertexEmulator.BUCKET + "/d/valid.jsonl";
  static final StagedDataset STAGED = new StagedDataset(TRAINING, VALIDATION);

  static final String LEDGER = "0f0e0d0c-0b0a-4000-8000-112233445566";

  VertexEmulator emulator;
  VertexBackEnd backEnd;

  @BeforeEach
  void start() throws Exception {
    emulator = VertexEmulator.start();
    emulator.putObject(TRAINING, "{}\n{}\n{}\n".getBytes(StandardCharsets.UTF_8));
    emulator.putObject(VALIDATION, "{}\n".getBytes(StandardCharsets.UTF_8));
    backEnd = VertexBackEnd.open(Configs.of(emulator));
  }

  @AfterEach
  void stop() {
    backEnd.close();
    emulator.close();
  }

  BackEndException createFails() {
    return catchThrowableOfType(
        BackEndException.class, () -> backEnd.create(spec(), STAGED, LEDGER));
  }

  TuningJob put(String location, String key) throws IOException {
    return emulator.put(
        location,
        TuningJob.newBuilder()
            .putLabels("attune-key", key)
            .setSupervisedTuningSpec(
                SupervisedTuningSpec.newBuilder().setTrainingDatasetUri(TRAINING))
            .build());
  }

  static TuningSpec spec() {
    return spec(Configs.HYPERPARAMETERS);
  }

  static TuningSpec spec(Hyperparameters hyperparameters) {
    return new TuningSpec(
        FINGERPRINT, "vertex", "gemini-3.5-flash", "us-central1", hyperparameters);
  }
}
