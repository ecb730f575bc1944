package dev.attune.config.textmodel;

import org.jspecify.annotations.Nullable;

/**
 * The section {@code improvement} of attune.yaml.
 *
 * @param model writes better answers; one of the models of attune.yaml
 * @param judge judges them; one of the models of attune.yaml, or null for no judge
 * @param limit how many rows one command asks for at most, 1 to {@link #MOST_ROWS}
 */
public record ImprovementConfig(String model, @Nullable String judge, int limit) {
  /** The limit where none is given. */
  public static final int DEFAULT_LIMIT = 10_000;

  /** The greatest limit: the rows of one command are in memory. */
  public static final int MOST_ROWS = 100_000;

  /** The pattern of files where {@code sources.feedback.improvements} is not given. */
  public static final String DEFAULT_FILES = "improvements/*.jsonl";
}
