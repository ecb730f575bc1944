package dev.attune.testing.modelapi;

/** Decides what the stub answers. Called by several threads; equal prompts get equal answers. */
@FunctionalInterface
public interface ModelScript {
  /** Returns the answer to a prompt. */
  ScriptedAnswer answer(ModelPrompt prompt);

  /**
   * Calls the first tool that is offered, answers with the smallest value of a JSON Schema, and
   * otherwise says {@code Answer <hash>} with words of the last turn.
   */
  static ModelScript plain() {
    return PlainScript::answer;
  }
}
