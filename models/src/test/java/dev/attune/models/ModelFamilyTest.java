package dev.attune.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFamilyTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-6-luna, gpt",
    "ft:gpt-4.1-mini:acme::abc, gpt",
    "o4-mini, gpt",
    "chatgpt-4o-latest, gpt",
    "openai/gpt-oss-20b, gpt",
    "gemini-3.8-flash, gemini",
    "google/gemma-4-E4B, gemini",
    "smollm2-135m, smollm",
    "Qwen/Qwen3-4B, qwen",
    "meta-llama/Llama-3.3-70B, llama",
    "mixtral:8x7b, mistral",
    "4711, 4711",
  })
  void isTheBeginningOfTheName(String model, String family) {
    assertThat(ModelFamily.of(model)).isEqualTo(family);
  }
}
