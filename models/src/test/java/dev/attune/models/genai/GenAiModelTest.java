package dev.attune.models.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.Provider;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.adapter.AdapterContract;
import dev.attune.models.adapter.Configured;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.testing.modelapi.ModelStub;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GenAiModelTest extends AdapterContract {
  @Override
  protected TextModel open(ModelStub at, Duration deadline) throws Exception {
    return new ProviderAdapters()
        .open(
            Configured.model(
                Provider.GEMINI,
                "gemini-3.8-flash",
                new Access(at.geminiUrl(), "STUB_KEY", null, null),
                deadline),
            ENVIRONMENT);
  }

  @Test
  void sendsTheSettingsOfAnswers() throws Exception {
    model.ask(ModelRequest.of(null, "Hello", new Sampling(0.25, 77, 5, "low")));

    assertThat(received().path()).isEqualTo("/v1beta/models/gemini-3.8-flash:generateContent");
    assertThat(received().body())
        .isEqualTo(
            json(
                """
                {"contents": [{"role": "user", "parts": [{"text": "Hello"}]}],
                 "generationConfig": {"temperature": 0.25, "maxOutputTokens": 77, "seed": 5,
                   "thinkingConfig": {"includeThoughts": true, "thinkingLevel": "LOW"}}}
                """));
  }

  @Test
  void leavesSettingsToTheProvider() throws Exception {
    model.ask(request("Hello"));

    assertThat(received().body().path("generationConfig")).isEmpty();
  }
}
