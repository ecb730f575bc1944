package dev.attune.models.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import org.junit.jupiter.api.Test;

class ServiceMessagesTest {
  private static String shown(String message, String prompt) {
    return ServiceMessages.withoutQuotations(
        message, ModelRequest.of("Be brief.", prompt, Sampling.DEFAULT));
  }

  @Test
  void showsWhatTheServiceSays() {
    assertThat(shown("Unsupported value:\n 'temperature' must be 1.", "Emma counted the blocks"))
        .isEqualTo("Unsupported value: 'temperature' must be 1");
  }

  @Test
  void leavesOutAMessageThatQuotesThePrompt() {
    assertThat(shown("Invalid text 'Emma counted  the…'", "Then Emma counted\nthe blocks"))
        .isEmpty();
    assertThat(shown("Invalid text 'Emma K.'", "Emma K.")).isEmpty();
  }

  @Test
  void shortensALongMessage() {
    assertThat(shown("x".repeat(500), "Hello")).hasSize(201).endsWith("…");
  }
}
