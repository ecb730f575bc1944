package dev.attune.models.adapter;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.models.ModelException;
import dev.attune.models.TextModel;
import dev.attune.models.TextModelFactory;
import dev.attune.models.chatcompletions.ChatCompletionsModel;
import dev.attune.models.genai.GenAiModel;
import java.util.Map;

/**
 * The adapters by provider. The classes of a provider's client are loaded with the first model of
 * that provider.
 */
public final class ProviderAdapters implements TextModelFactory {
  @Override
  public TextModel open(ModelConfig config, Map<String, String> environment) throws ModelException {
    return switch (config.provider()) {
      case OPENAI -> ChatCompletionsModel.open(config, environment);
      case GEMINI -> GenAiModel.open(config, environment);
      case CHAMPION, RECORDED ->
          throw new IllegalArgumentException(config.provider() + " has no adapter");
    };
  }
}
