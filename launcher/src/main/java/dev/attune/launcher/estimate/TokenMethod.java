package dev.attune.launcher.estimate;

import dev.attune.catalog.TokenEstimate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Methods of counting the tokens of a dataset; docs/estimate.md describes their sources. */
public enum TokenMethod {
  /** Gemini: a record for each turn of the model, with estimated tokens. */
  TURN_RECORDS_ESTIMATED(
      "turn-records " + TokenEstimate.METHOD,
      false,
      "one row per turn of the model with all turns before it and 8 tokens of padding;"
          + " a quarter of the UTF-8 bytes, plus one per digit",
      TokenEstimate.ERROR),
  /** Gemini: the same records, counted by the provider. */
  TURN_RECORDS_COUNTED(
      "turn-records countTokens",
      true,
      "one row per turn of the model with all turns before it and 8 tokens of padding;"
          + " counted by the provider",
      null),
  /** OpenAI: a record for each example, with tokens around each message. */
  CHAT_MESSAGES(
      "chat-messages o200k_base",
      true,
      "3 extra tokens per message and 3 per example; counted with o200k_base, the tokenizer of"
          + " gpt-4o and gpt-4.1",
      null);

  private final String id;
  private final boolean exact;
  private final String description;
  private final @Nullable String error;

  TokenMethod(String id, boolean exact, String description, @Nullable String error) {
    this.id = id;
    this.exact = exact;
    this.description = description;
    this.error = error;
  }

  /** Returns its name in JSON documents. */
  public String id() {
    return id;
  }

  /** Returns whether the provider's own tokenizer is used. */
  public boolean exact() {
    return exact;
  }

  /** Returns the measured error for the user; empty if the method is exact. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** Returns what is counted, for the user. */
  public String description() {
    return description;
  }
}
