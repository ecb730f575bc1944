package dev.attune.models.fault;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads API keys. */
public final class ApiKey {
  private static final Pattern KEY = Pattern.compile("[!-~]+");

  private ApiKey() {}

  /**
   * Returns the key of a model, or null if its configuration names no variable.
   *
   * @throws ModelException if the variable is not set, or cannot be a key; its value is never part
   *     of the message
   */
  public static @Nullable String of(ModelConfig model, Map<String, String> environment)
      throws ModelException {
    String variable = model.access().apiKeyEnv();
    if (variable == null) {
      return null;
    }
    String key = environment.getOrDefault(variable, "").strip();
    if (key.isEmpty()) {
      throw new ModelException(
          Kind.MODEL, Messages.of("models.service.no-variable", variable, model.name()), null);
    }
    if (!KEY.matcher(key).matches()) {
      throw new ModelException(
          Kind.MODEL, Messages.of("models.service.bad-key", variable, model.name()), null);
    }
    return key;
  }

  /** Returns how messages name the key in a variable; an empty text without a variable. */
  public static String shown(@Nullable String variable) {
    return variable == null ? "" : Messages.of("models.service.key-in", variable);
  }
}
