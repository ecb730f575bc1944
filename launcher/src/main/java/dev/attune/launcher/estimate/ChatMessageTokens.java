package dev.attune.launcher.estimate;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;

/**
 * Implements {@link TokenMethod#CHAT_MESSAGES} like num_tokens_from_messages in the OpenAI cookbook
 * (Chat_finetuning_data_prep), where a role is one token.
 */
final class ChatMessageTokens extends SplitTokenCounter {
  /** The cookbook's tokens_per_message, and the one token of the role. */
  private static final int FRAME_TOKENS = 3 + 1;

  /** The cookbook's tokens behind the last message. */
  private static final int END_TOKENS = 3;

  /** Thread-safe; read from the jar once. */
  private static final Encoding ENCODING =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  @Override
  void add(ExampleLine line) {
    String system = line.system();
    long tokens = system == null ? 0 : message(system);
    for (Turn turn : line.turns()) {
      tokens += message(turn.text());
    }
    count(1, tokens + END_TOKENS);
  }

  /** Counts the text of special tokens as text. */
  private int message(String text) {
    return FRAME_TOKENS + ENCODING.countTokensOrdinary(text);
  }
}
