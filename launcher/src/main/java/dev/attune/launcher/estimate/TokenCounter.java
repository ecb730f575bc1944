package dev.attune.launcher.estimate;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.schema.ExampleLine;
import java.util.List;

/** Counts tokens with the provider's own tokenizer. */
public interface TokenCounter extends AutoCloseable {
  /**
   * The tokens of all texts and media of some examples, system instructions included, added up.
   *
   * @param baseModel whose tokenizer counts
   * @param lines a hundred at most
   * @throws CommandFailure if the provider does not answer
   */
  long count(String baseModel, List<ExampleLine> lines) throws CommandFailure;

  /** Closes what it asked through. */
  @Override
  default void close() {}
}
