package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.catalog.BaseModels;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VertexPlaceTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "- | us | gs://b | Vertex AI needs tuning.project: add it to attune.yaml.",
        "p | - | gs://b | Vertex AI needs tuning.location: add it to attune.yaml.",
        "p | us | - | Vertex AI needs tuning.bucket: add it to attune.yaml.",
        "- | - | - | Vertex AI needs tuning.project and tuning.location and tuning.bucket: add them"
            + " to attune.yaml.",
      })
  void namesTheKeysThatAreMissing(
      @Nullable String project,
      @Nullable String location,
      @Nullable String bucket,
      String sentence) {
    TuningConfig config = config(new TuningPlace(project, location, bucket, null, false, null));

    CommandFailure failure =
        catchThrowableOfType(CommandFailure.class, () -> VertexBackEnd.open(config));

    assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure).hasMessage(sentence);
  }

  @Test
  void asksModelsWithoutABucket() throws Exception {
    TuningConfig config = config(new TuningPlace("p", "us-central1", null, null, false, null));

    try (VertexModel model =
        VertexModel.base(config, "gemini-3.5-flash", "global", BaseModels.bundled())) {
      assertThat(model.name()).startsWith("projects/p/locations/global/");
    }
  }

  @Test
  void speaksPlaintextToAnEmulatorOnly() {
    TuningConfig config = config(new TuningPlace("p", "us-central1", "gs://b", null, true, null));

    CommandFailure failure =
        catchThrowableOfType(CommandFailure.class, () -> VertexBackEnd.open(config));

    assertThat(failure)
        .hasMessage(
            "tuning.plaintext is for an emulator, and tuning.endpoint names none: add it to"
                + " attune.yaml, or leave tuning.plaintext out.");
  }

  @Test
  void sendsNoDatasetToGoogleWhereTheTuningServiceIsAnEmulator() {
    TuningConfig config = config(new TuningPlace("p", "us-central1", "gs://b", "h:1", true, null));

    CommandFailure failure =
        catchThrowableOfType(CommandFailure.class, () -> VertexBackEnd.open(config));

    assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure)
        .hasMessage(
            "tuning.plaintext makes tuning.endpoint an emulator, and without"
                + " tuning.storageEndpoint the dataset would go to Google's Cloud Storage: add the"
                + " address of an emulator of Cloud Storage to attune.yaml.");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"true, -", "false, -", "true, http://h:2"})
  void asksAnEmulatorAndCountsThereWithoutOneOfCloudStorage(
      boolean plaintext, @Nullable String storage) throws Exception {
    TuningConfig config = config(new TuningPlace("p", "us", "gs://b", "h:1", plaintext, storage));

    VertexModel.base(config, "gemini-3.5-flash", "us", BaseModels.bundled()).close();
    VertexTokenCounter.open(config, "us").close();
    if (!plaintext || storage != null) {
      VertexBackEnd.open(config).close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "us-central1, us-central1-aiplatform.googleapis.com:443",
    "europe-west4, europe-west4-aiplatform.googleapis.com:443",
    "us, aiplatform.us.rep.googleapis.com:443",
    "eu, aiplatform.eu.rep.googleapis.com:443",
    "global, aiplatform.googleapis.com:443",
  })
  void knowsTheHostOfALocation(String location, String address) throws Exception {
    TuningConfig config = config(new TuningPlace("p", location, "gs://b", null, false, null));

    assertThat(VertexPlace.of(config).address()).isEqualTo(address);
  }

  private static TuningConfig config(TuningPlace place) {
    return Configs.of(place, Duration.ofSeconds(20));
  }
}
