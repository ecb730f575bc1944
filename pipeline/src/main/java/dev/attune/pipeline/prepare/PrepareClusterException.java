package dev.attune.pipeline.prepare;

/**
 * Thrown when the cluster that ran the pipeline was lost or failed the job, or Cloud Storage does
 * not answer. Nothing was published. The message is one sentence with the address and the
 * correction.
 */
public final class PrepareClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PrepareClusterException(String sentence) {
    super(sentence);
  }

  public PrepareClusterException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
