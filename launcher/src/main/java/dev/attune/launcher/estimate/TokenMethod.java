package dev.attune.launcher.estimate;

import dev.attune.catalog.TokenEstimate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the tokens of a dataset are counted. docs/estimate.md tells of each what it rests on. */
public enum TokenMethod {
  /** A gemini example is a record for each of the model's turns, estimated. */
  TURN_RECORDS_ESTIMATED(
      "turn-records " + TokenEstimate.METHOD,
      false,
      "each turn of the model a row with all before it, 8 tokens of padding; a quarter of the"
          + " UTF-8 bytes, and one for each digit",
      TokenEstimate.ERROR),
  /** The same records, counted by the provider. */
  TURN_RECORDS_COUNTED(
      "turn-records countTokens",
      true,
      "each turn of the model a row with all before it, 8 tokens of padding; counted by the"
          + " provider",
      null),
  /** An openai example is one record; its messages are framed. */
  CHAT_MESSAGES(
      "chat-messages o200k_base",
      true,
      "each message with 3 tokens of frame, each example with 3; counted with o200k_base, the"
          + " tokenizer of gpt-4o and gpt-4.1",
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

  /** Its name in documents. */
  public String id() {
    return id;
  }

  /** Whether the provider's own tokenizer counts the texts. */
  public boolean exact() {
    return exact;
  }

  /** How far the figure was measured to be off, for people; empty where it is exact. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** What is counted, for people. */
  public String description() {
    return description;
  }
}
