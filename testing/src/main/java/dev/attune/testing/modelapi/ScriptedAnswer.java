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
public record ScriptedAnswer(
    String text, String thoughts, List<Call> calls, Ending ending, int cachedTokens) {
  public ScriptedAnswer {
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
  public static ScriptedAnswer of(String text) {
    return new ScriptedAnswer(text, "", List.of(), Ending.COMPLETE, 0);
  }

  /** Returns calls of functions. */
  public static ScriptedAnswer calling(Call... calls) {
    return new ScriptedAnswer("", "", List.of(calls), Ending.COMPLETE, 0);
  }

  public ScriptedAnswer withEnding(Ending other) {
    return new ScriptedAnswer(text, thoughts, calls, other, cachedTokens);
  }

  public ScriptedAnswer withThoughts(String shown) {
    return new ScriptedAnswer(text, shown, calls, ending, cachedTokens);
  }

  public ScriptedAnswer withCachedTokens(int tokens) {
    return new ScriptedAnswer(text, thoughts, calls, ending, tokens);
  }

  /** Returns the pieces in which a stream sends the text: words with the space behind them. */
  List<String> pieces() {
    return text.isEmpty() ? List.of() : List.of(text.split("(?<= )"));
  }

  static int tokens(String text) {
    return (text.length() + 3) / 4;
  }
}
