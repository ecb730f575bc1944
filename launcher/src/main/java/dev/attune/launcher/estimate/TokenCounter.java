package dev.attune.launcher.estimate;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.schema.ExampleLine;
import java.util.List;

/** Counts tokens with the provider's own tokenizer. */
public interface TokenCounter extends AutoCloseable {
  /**
   * Returns the sum of the tokens of examples: texts, media and system instructions.
   *
   * @param baseModel model whose tokenizer is used
   * @param lines at most 100 examples
   * @throws CommandFailure if the provider does not answer
   */
  long count(String baseModel, List<ExampleLine> lines) throws CommandFailure;

  @Override
  default void close() {}
}
