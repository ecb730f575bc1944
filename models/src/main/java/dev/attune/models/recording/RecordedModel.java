package dev.attune.models.recording;

import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers from a storage, and keeps the answers of a model in it. Every reply is kept, also a
 * blocked or cut-off one, because it is billed; exceptions are not. A reply is on disk before it is
 * returned. If several threads ask the same at once, the model is called once.
 */
public final class RecordedModel implements TextModel {
  private final TextModel model;
  private final KeptReplies replies;
  private final boolean fresh;

  /** Requests that this layer has sent, if they are asked again although answers are kept. */
  private final Set<RequestKey> renewed = ConcurrentHashMap.newKeySet();

  private final ConcurrentHashMap<RequestKey, CountDownLatch> underWay = new ConcurrentHashMap<>();
  private final LongAdder found = new LongAdder();

  /**
   * Creates a layer, which closes the model when it is closed.
   *
   * @param fresh whether to ask again, once, for each kept answer, and to replace it
   */
  public RecordedModel(TextModel model, KeptReplies replies, boolean fresh) {
    this.model = model;
    this.replies = replies;
    this.fresh = fresh;
  }

  /** Sends a request. */
  @FunctionalInterface
  private interface Sender {
    ModelReply send() throws ModelException, InterruptedException;
  }

  @Override
  public ModelIdentity identity() {
    return model.identity();
  }

  /** Returns whether a request would be answered without a call. */
  public boolean hasKept(ModelRequest request) {
    return find(RequestKey.of(identity(), request)).isPresent();
  }

  /** Returns how many answers came from the storage. */
  public long answeredFromStorage() {
    return found.sum();
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    return reply(request, () -> model.ask(request)).reply();
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    Outcome outcome = reply(request, () -> model.stream(request, listener));
    ModelReply reply = outcome.reply();
    if (outcome.kept()) {
      if (!reply.thoughts().isEmpty()) {
        listener.thoughts(reply.thoughts());
      }
      if (!reply.text().isEmpty()) {
        listener.text(reply.text());
      }
    }
    return reply;
  }

  /** A reply, and whether it was kept before. */
  private record Outcome(ModelReply reply, boolean kept) {}

  private Outcome reply(ModelRequest request, Sender sender)
      throws ModelException, InterruptedException {
    RequestKey key = RequestKey.of(identity(), request);
    while (true) {
      Optional<ModelReply> kept = find(key);
      if (kept.isPresent()) {
        found.increment();
        return new Outcome(kept.orElseThrow(), true);
      }
      CountDownLatch mine = new CountDownLatch(1);
      CountDownLatch other = underWay.putIfAbsent(key, mine);
      if (other != null) {
        // Its answer is kept then; after a fault this thread asks.
        other.await();
        continue;
      }
      try {
        // Another thread may have kept an answer after the first look.
        kept = find(key);
        if (kept.isPresent()) {
          found.increment();
          return new Outcome(kept.orElseThrow(), true);
        }
        ModelReply reply = replies.keep(key, identity(), sender.send(), fresh);
        if (fresh) {
          renewed.add(key);
        }
        return new Outcome(reply, false);
      } finally {
        underWay.remove(key, mine);
        mine.countDown();
      }
    }
  }

  private Optional<ModelReply> find(RequestKey key) {
    return fresh && !renewed.contains(key) ? Optional.empty() : replies.find(key, identity());
  }

  @Override
  public void close() {
    model.close();
  }
}
