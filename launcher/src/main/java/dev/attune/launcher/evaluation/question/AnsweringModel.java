package dev.attune.launcher.evaluation.question;

import dev.attune.schema.ExampleLine;

/** A model that answers prompts. Safe for use by several threads. */
public interface AnsweringModel extends AutoCloseable {
  /**
   * Returns the name under which answers are kept; models with different names share no answers.
   */
  String name();

  /** Returns whether the model is asked over a network, with a rate limit and retries. */
  boolean isHosted();

  /**
   * Returns the answer to the prompt of an example, unchanged; blank if the model answers nothing.
   *
   * @param example only its prompt is used
   * @throws AskException if there is no answer; its kind says whether the question, the model or a
   *     transient fault is the cause
   */
  String answer(ExampleLine example) throws AskException;

  @Override
  void close();
}
