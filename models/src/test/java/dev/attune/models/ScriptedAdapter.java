package dev.attune.models;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A model whose answers a test scripts; it knows when it was called and by how many at once. */
public final class ScriptedAdapter implements TextModel {
  private final Script script;
  private final ModelIdentity identity;
  private final List<Long> calls = new CopyOnWriteArrayList<>();
  private final Map<ModelRequest, Integer> attempts = new ConcurrentHashMap<>();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  public ScriptedAdapter(Script script) {
    this(new ModelIdentity("openai", "scripted", "127.0.0.1", "scripted"), script);
  }

  public ScriptedAdapter(ModelIdentity identity, Script script) {
    this.identity = identity;
    this.script = script;
  }

  /** Answers one attempt. */
  @FunctionalInterface
  public interface Script {
    /**
     * Answers.
     *
     * @param call number of the call of this model, from 1
     */
    ModelReply answer(ModelRequest request, int call) throws ModelException, InterruptedException;
  }

  /** Returns a complete answer of 10 and 5 tokens. */
  public static ModelReply reply(String text) {
    return new ModelReply(
        text,
        "",
        List.of(),
        ModelReply.Finish.COMPLETE,
        "stop",
        new Usage(10, 0, 5, 0),
        "scripted-1",
        null);
  }

  public static ModelRequest request(String text) {
    return ModelRequest.of(null, text, new Sampling(null, 100, null, null));
  }

  /** Returns the number of calls. */
  public int calls() {
    return calls.size();
  }

  /** Returns the moments of calls in nanoseconds. */
  public List<Long> moments() {
    return calls;
  }

  /** Returns the most calls that were under way at once. */
  public int mostAtOnce() {
    return most.get();
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    calls.add(System.nanoTime());
    int call = calls.size();
    attempts.merge(request, 1, Integer::sum);
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      return script.answer(request, call);
    } finally {
      now.decrementAndGet();
    }
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    listener.text("begun ");
    ModelReply reply = ask(request);
    listener.text(reply.text());
    return reply;
  }

  @Override
  public void close() {}
}
