package dev.attune.models.genai;

import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.Provider;
import dev.attune.models.TextModel;
import dev.attune.models.adapter.Configured;
import dev.attune.models.adapter.FaultContract;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.testing.modelapi.ModelStub;
import java.time.Duration;
import java.util.Map;

class GenAiFaultsTest extends FaultContract {
  @Override
  protected String url(ModelStub at) {
    return at.geminiUrl();
  }

  @Override
  protected TextModel open(String address, Map<String, String> environment, Duration deadline)
      throws Exception {
    return new ProviderAdapters()
        .open(
            Configured.model(
                Provider.GEMINI,
                "gemini-3.8-flash",
                new Access(address, "STUB_KEY", null, null),
                deadline),
            environment);
  }
}
