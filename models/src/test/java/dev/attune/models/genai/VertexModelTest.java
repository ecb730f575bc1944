package dev.attune.models.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.adapter.Configured;
import dev.attune.models.adapter.HeardParts;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.testing.modelapi.ModelPrompt;
import dev.attune.testing.modelapi.ModelStub;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VertexModelTest {
  private static final String ENDPOINT = "projects/42/locations/us-central1/endpoints/77";

  private ModelStub stub;

  @BeforeEach
  void start() throws Exception {
    stub = ModelStub.start();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private ModelConfig config(String model, @Nullable String url, String location) {
    return Configured.model(
        ModelConfig.Provider.GEMINI,
        model,
        new Access(url, null, "my-project", location),
        Configured.LONG);
  }

  private ModelPrompt ask(String model, ModelRequest request) throws Exception {
    try (TextModel open =
        new ProviderAdapters().open(config(model, stub.geminiUrl(), "global"), Map.of())) {
      open.ask(request);
    }
    return stub.prompts().get(0);
  }

  private static ModelRequest request(@Nullable String thinking) {
    return ModelRequest.of(null, "Hello", new Sampling(null, null, null, thinking));
  }

  @Test
  void asksAModelOfTheProjectAndLocation() throws Exception {
    ModelPrompt prompt = ask("gemini-3.8-flash", request(null));

    assertThat(prompt.path())
        .isEqualTo(
            "/v1beta1/projects/my-project/locations/global/publishers/google/models/"
                + "gemini-3.8-flash:generateContent");
    assertThat(prompt.key()).isEqualTo("emulator");
  }

  @Test
  void asksATunedEndpointByItsName() throws Exception {
    try (TextModel tuned =
        new ProviderAdapters().open(config(ENDPOINT, stub.geminiUrl(), "europe-west4"), Map.of())) {
      assertThat(tuned.stream(request(null), new HeardParts()).text()).startsWith("Answer");
      assertThat(tuned.identity().family()).isEqualTo("gemini");
      assertThat(tuned.identity().address()).endsWith("/projects/42/locations/us-central1");
    }
    assertThat(stub.prompts().get(0).path())
        .isEqualTo("/v1beta1/" + ENDPOINT + ":streamGenerateContent");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-3.8-flash, global, https://aiplatform.googleapis.com",
    "gemini-3.8-flash, us, https://aiplatform.us.rep.googleapis.com",
    "gemini-3.8-flash, eu, https://aiplatform.eu.rep.googleapis.com",
    "gemini-3.8-flash, europe-west4, https://europe-west4-aiplatform.googleapis.com",
    ENDPOINT + ", global, https://us-central1-aiplatform.googleapis.com",
  })
  void eachLocationHasAHost(String model, String location, String url) {
    assertThat(GenAiAddress.of(config(model, null, location)).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gemini-3.8-flash | off | {\"thinkingLevel\":\"MINIMAL\"}",
        "gemini-3.8-flash | high | {\"includeThoughts\":true,\"thinkingLevel\":\"HIGH\"}",
        "gemini-3.8-flash | 512 | {\"includeThoughts\":true,\"thinkingBudget\":512}",
        "gemini-2.5-flash | off | {\"thinkingBudget\":0}",
        "gemini-2.5-flash | low | {\"includeThoughts\":true,\"thinkingBudget\":1024}",
        ENDPOINT + " | off | {\"thinkingBudget\":0}",
      })
  void thinksAsTheModelCan(String model, String thinking, String sent) throws Exception {
    ModelPrompt prompt = ask(model, request(thinking));

    assertThat(prompt.body().path("generationConfig").path("thinkingConfig")).hasToString(sent);
  }

  @Test
  void namesFilesInBuckets() throws Exception {
    ModelTurn turn =
        new ModelTurn(
            ModelTurn.Role.USER,
            List.of(
                new ModelTurn.Media("application/pdf", null, "gs://team-files/plan.pdf"),
                new ModelTurn.Text("Summarise.")));

    ModelPrompt prompt =
        ask(
            "gemini-3.8-flash",
            new ModelRequest(null, List.of(turn), List.of(), null, Sampling.DEFAULT, null, 0));

    assertThat(prompt.body().path("contents").path(0).path("parts").path(0).path("fileData"))
        .hasToString("{\"fileUri\":\"gs://team-files/plan.pdf\",\"mimeType\":\"application/pdf\"}");
  }
}
