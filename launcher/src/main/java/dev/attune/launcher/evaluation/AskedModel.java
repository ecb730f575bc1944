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
   * @return the text, as it came; blank where it declined to answer
   * @throws AskException where it could not be asked; the exception says whether later may help
   */
  String answer(ExampleLine example) throws AskException;

  @Override
  void close();
}
