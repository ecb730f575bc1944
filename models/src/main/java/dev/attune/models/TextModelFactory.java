package dev.attune.models;

import dev.attune.config.textmodel.ModelConfig;
import java.util.Map;

/** Opens the adapters of models. The layers around an adapter are not its concern. */
@FunctionalInterface
public interface TextModelFactory {
  /**
   * Opens the adapter of a model; the caller closes it. An adapter sends a request once, with the
   * deadline of its configuration, and does not repeat it.
   *
   * @param config a model of {@code models}, or the endpoint of a tuned model; not of provider
   *     champion or recorded
   * @param environment environment variables, for {@code apiKeyEnv}
   * @throws ModelException of kind MODEL if the model cannot be asked, e.g. because the environment
   *     variable of its key is not set
   */
  TextModel open(ModelConfig config, Map<String, String> environment) throws ModelException;
}
