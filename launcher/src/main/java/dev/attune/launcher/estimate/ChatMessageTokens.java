package dev.attune.launcher.estimate;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;

/**
 * {@link TokenMethod#CHAT_MESSAGES}: the sum of the OpenAI cookbook's Chat_finetuning_data_prep
 * (num_tokens_from_messages), whose roles are one token each.
 */
final class ChatMessageTokens implements SplitTokenCounter {
  /** The cookbook's tokens_per_message, and the one token of the role. */
  private static final int FRAME_TOKENS = 3 + 1;

  /** The cookbook's tokens behind the last message. */
  private static final int END_TOKENS = 3;

  /** Thread-safe; read from the jar once. */
  private static final Encoding ENCODING =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private long records;
  private long tokens;

  @Override
  public void add(ExampleLine line) {
    String system = line.system();
    if (system != null) {
      tokens += message(system);
    }
    for (Turn turn : line.turns()) {
      tokens += message(turn.text());
    }
    tokens += END_TOKENS;
    records++;
  }

  /** What looks like a special token is text here. */
  private int message(String text) {
    return FRAME_TOKENS + ENCODING.countTokensOrdinary(text);
  }

  @Override
  public void finish() {
    // Nothing waits.
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public long tokens() {
    return tokens;
  }
}
