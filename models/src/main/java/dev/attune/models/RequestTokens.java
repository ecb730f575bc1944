package dev.attune.models;

import dev.attune.catalog.TokenEstimate;
import dev.attune.models.ModelTurn.Media;
import dev.attune.models.ModelTurn.Part;
import dev.attune.models.ModelTurn.Text;
import dev.attune.models.ModelTurn.ToolCall;
import dev.attune.models.ModelTurn.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the tokens of a request from above, for reservations before it is sent. Texts count as
 * in {@link TokenEstimate}, and 15% more, which covers the languages that it underestimates. Media
 * count by their size; one that is only named by its URI counts as {@value #NAMED_FILE} tokens.
 */
public final class RequestTokens {
  /** An image takes up to 1,120 tokens with Gemini 3 and about 1,500 with OpenAI. */
  private static final int LEAST_OF_A_FILE = 1600;

  private static final int NAMED_FILE = 20_000;

  /** Speech of 16 kbit a second takes 32 tokens a second. */
  private static final int BYTES_OF_A_MEDIA_TOKEN = 50;

  /** A page of text takes about 5 kB in a PDF and up to 560 tokens. */
  private static final int BYTES_OF_A_DOCUMENT_TOKEN = 8;

  private static final int TOKENS_OF_A_TURN = 8;
  private static final int PERCENT = 115;
  private static final int HUNDRED = 100;

  private RequestTokens() {}

  /** Returns the estimated tokens of everything that is sent. */
  public static long input(ModelRequest request) {
    long units = units(request.system());
    long others = TOKENS_OF_A_TURN;
    for (ModelTurn turn : request.turns()) {
      others += TOKENS_OF_A_TURN;
      for (Part part : turn.parts()) {
        if (part instanceof Media media) {
          others += tokens(media);
        } else {
          units += units(part);
        }
      }
    }
    for (ToolDefinition tool : request.tools()) {
      others += TOKENS_OF_A_TURN;
      units += units(tool.name()) + units(tool.description()) + units(tool.arguments().toString());
    }
    if (request.schema() != null) {
      units += units(request.schema().toString());
    }
    return TokenEstimate.tokens(units) * PERCENT / HUNDRED + others;
  }

  private static long units(Part part) {
    if (part instanceof Text text) {
      return units(text.text());
    }
    if (part instanceof ToolCall call) {
      return units(call.tool()) + units(call.arguments().toString()) + units(call.signature());
    }
    return part instanceof ToolResult result ? units(result.tool()) + units(result.result()) : 0;
  }

  private static long units(@Nullable String text) {
    return text == null ? 0 : TokenEstimate.units(text);
  }

  private static long tokens(Media media) {
    String base64 = media.base64();
    if (base64 == null) {
      return NAMED_FILE;
    }
    long bytes = base64.length() * 3L / 4;
    String type = media.mimeType();
    boolean document = type.startsWith("text/") || type.startsWith("application/");
    return Math.max(
        LEAST_OF_A_FILE, bytes / (document ? BYTES_OF_A_DOCUMENT_TOKEN : BYTES_OF_A_MEDIA_TOKEN));
  }
}
