package dev.attune.pipeline.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source cannot be read, for a reason that the user can mend. The message is one sentence: the
 * place, the cause and what to do; never a password or the text of a record.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public SourceException(String sentence) {
    super(sentence);
    this.faults = List.of();
  }

  public SourceException(String sentence, Throwable cause) {
    this(List.of(), sentence, cause);
  }

  /**
   * A refusal with more to say than its sentence.
   *
   * @param faults each with its place
   */
  public SourceException(List<String> faults, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.faults = List.copyOf(faults);
  }

  /** Each fault with its place; empty where the sentence names the only one. */
  public List<String> faults() {
    return faults;
  }
}
