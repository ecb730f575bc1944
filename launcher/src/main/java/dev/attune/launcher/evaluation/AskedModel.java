package dev.attune.launcher.evaluation;

import dev.attune.schema.ExampleLine;

/** A model that answers prompts. Safe for use by several threads. */
public interface AskedModel extends AutoCloseable {
  /** The name under which its answers are kept; another name is another model. */
  String name();

  /** Whether it is asked over a network, so that a rate limit and retries apply. */
  boolean isHosted();

  /**
   * What it answers to an example's prompt. The example's own answer is not looked at.
   *
   * @return the text, as it came; blank where it answered nothing
   * @throws AskException if there is no answer; its kind says whether that is the question's fault
   *     (it is refused as invalid, or blocked), the model's, or one that may pass
   */
  String answer(ExampleLine example) throws AskException;

  @Override
  void close();
}
