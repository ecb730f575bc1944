package dev.attune.models.recording;

import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import java.util.Optional;

/** A storage of answers. Safe for several threads and processes. */
public interface KeptReplies {
  /**
   * Returns the kept answer, or empty.
   *
   * @param model the model of the key
   */
  Optional<ModelReply> find(RequestKey key, ModelIdentity model);

  /**
   * Keeps an answer. It is on disk when the call returns.
   *
   * @param replace whether it replaces a kept answer with this key; else that one stays
   * @return the answer that is kept now
   */
  ModelReply keep(RequestKey key, ModelIdentity model, ModelReply reply, boolean replace);

  /** Returns a storage that keeps each answer in both, also one that only one of them had. */
  default KeptReplies and(KeptReplies second) {
    KeptReplies first = this;
    return new KeptReplies() {
      @Override
      public Optional<ModelReply> find(RequestKey key, ModelIdentity model) {
        Optional<ModelReply> found = first.find(key, model);
        KeptReplies other = found.isPresent() ? second : first;
        found = found.isPresent() ? found : second.find(key, model);
        return found.map(reply -> keepIn(other, key, model, reply));
      }

      private ModelReply keepIn(
          KeptReplies other, RequestKey key, ModelIdentity model, ModelReply reply) {
        if (other.find(key, model).isEmpty()) {
          other.keep(key, model, reply, false);
        }
        return reply;
      }

      @Override
      public ModelReply keep(
          RequestKey key, ModelIdentity model, ModelReply reply, boolean replace) {
        ModelReply kept = first.keep(key, model, reply, replace);
        second.keep(key, model, kept, replace);
        return kept;
      }
    };
  }
}
