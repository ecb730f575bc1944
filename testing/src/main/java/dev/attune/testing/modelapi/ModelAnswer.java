package dev.attune.testing.modelapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the stub answers. A token is four characters, begun ones included.
 *
 * @param thoughts what the model shows of its thinking; empty for nothing
 * @param calls functions that the model calls
 * @param cachedTokens how many tokens of the prompt were read from a cache
 */
public record ModelAnswer(
    String text, String thoughts, List<Call> calls, Ending ending, int cachedTokens) {
  public ModelAnswer {
    calls = List.copyOf(calls);
  }

  /** How an answer ends. */
  public enum Ending {
    COMPLETE,
    CUT_OFF,
    /** A filter blocked the answer; what was written before is sent. */
    BLOCKED,
    /** A filter blocked the prompt. */
    PROMPT_BLOCKED,
    /** The model refuses, with the text as the reason. Gemini has no such ending and completes. */
    REFUSED
  }

  /** A call of a function. */
  public record Call(String tool, JsonNode arguments) {}

  /** Returns a complete answer. */
  public static ModelAnswer of(String text) {
    return new ModelAnswer(text, "", List.of(), Ending.COMPLETE, 0);
  }

  /** Returns calls of functions. */
  public static ModelAnswer calling(Call... calls) {
    return new ModelAnswer("", "", List.of(calls), Ending.COMPLETE, 0);
  }

  public ModelAnswer withEnding(Ending other) {
    return new ModelAnswer(text, thoughts, calls, other, cachedTokens);
  }

  public ModelAnswer withThoughts(String shown) {
    return new ModelAnswer(text, shown, calls, ending, cachedTokens);
  }

  public ModelAnswer withCachedTokens(int tokens) {
    return new ModelAnswer(text, thoughts, calls, ending, tokens);
  }

  /** Returns the pieces in which a stream sends the text: words with the space behind them. */
  List<String> pieces() {
    return text.isEmpty() ? List.of() : List.of(text.split("(?<= )"));
  }

  static int tokens(String text) {
    return (text.length() + 3) / 4;
  }
}
