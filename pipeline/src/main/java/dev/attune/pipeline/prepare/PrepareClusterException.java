package dev.attune.pipeline.prepare;

/**
 * The cluster that ran the pipeline was lost, or gave it up. Nothing was published. The message is
 * one sentence with the place and what to do.
 */
public final class PrepareClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PrepareClusterException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
