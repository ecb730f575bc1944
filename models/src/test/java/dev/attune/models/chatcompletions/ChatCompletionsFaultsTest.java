package dev.attune.models.chatcompletions;

import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.Provider;
import dev.attune.models.TextModel;
import dev.attune.models.adapter.Configured;
import dev.attune.models.adapter.FaultContract;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.testing.modelapi.ModelStub;
import java.time.Duration;
import java.util.Map;

class ChatCompletionsFaultsTest extends FaultContract {
  @Override
  protected String url(ModelStub at) {
    return at.openAiUrl();
  }

  @Override
  protected TextModel open(String address, Map<String, String> environment, Duration deadline)
      throws Exception {
    return new ProviderAdapters()
        .open(
            Configured.model(
                Provider.OPENAI,
                "gpt-6-luna",
                new Access(address, "STUB_KEY", null, null),
                deadline),
            environment);
  }
}
