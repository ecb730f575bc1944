package dev.attune.models;

/** Receives an answer while it arrives. Called by one thread at a time. */
public interface ReplyListener {
  /** Receives the next characters of the answer. */
  void text(String more);

  /** Receives the next characters of the model's thoughts. */
  default void thoughts(String more) {}

  /** The request is sent again: what was received so far is void. */
  default void startOver() {}
}
