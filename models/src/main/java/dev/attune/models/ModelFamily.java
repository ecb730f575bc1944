package dev.attune.models;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The family of a model: models that share their makers and data, and so may prefer each other's
 * answers.
 */
public final class ModelFamily {
  private static final Pattern LETTERS = Pattern.compile("[a-z]+");
  private static final Pattern OPENAI_REASONING = Pattern.compile("o[1-9](-.*)?");
  private static final Map<String, String> SAME =
      Map.of(
          "chatgpt", "gpt",
          "gemma", "gemini",
          "codellama", "llama",
          "mixtral", "mistral",
          "ministral", "mistral",
          "magistral", "mistral",
          "codestral", "mistral",
          "qwq", "qwen");

  private ModelFamily() {}

  /**
   * Returns the family by a model's name: its first letters, without the publisher before a slash
   * and without {@code ft:} of a tuned model. {@code gpt-6-luna} and {@code
   * ft:gpt-4.1-mini:acme::x} are {@code gpt}.
   *
   * @param model the provider's name of the model
   */
  public static String of(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    name = name.startsWith("ft:") ? name.substring("ft:".length()) : name;
    name = name.substring(name.lastIndexOf('/') + 1);
    if (OPENAI_REASONING.matcher(name).matches()) {
      return "gpt";
    }
    Matcher letters = LETTERS.matcher(name);
    String family = letters.find() ? letters.group() : name;
    return SAME.getOrDefault(family, family);
  }
}
