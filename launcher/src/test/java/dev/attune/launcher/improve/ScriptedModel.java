package dev.attune.launcher.improve;

import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import dev.attune.models.Usage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A model whose answers a test writes; it counts how often each request was answered. */
final class ScriptedModel implements TextModel {
  /** Kills the process in the eyes of a test. */
  static final class KilledError extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Writes an answer. */
  @FunctionalInterface
  interface Script {
    /** Returns the text of an answer to a text. */
    String answer(String text) throws ModelException;
  }

  private final String name;
  private final Script script;
  private final Map<ModelRequest, Integer> answered = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int killedAt = Integer.MAX_VALUE;

  ScriptedModel(String name, Script script) {
    this.name = name;
    this.script = script;
  }

  /** Kills the process at a call from now on, counted from 1, before it is answered. */
  void killAt(int call) {
    calls.set(0);
    killedAt = call;
  }

  /** Returns how often each request was answered, and so paid for. */
  Map<ModelRequest, Integer> answered() {
    return answered;
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("openai", name, "127.0.0.1", name);
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException {
    if (calls.incrementAndGet() >= killedAt) {
      throw new KilledError();
    }
    String text = ((ModelTurn.Text) request.turns().get(0).parts().get(0)).text();
    String answer = script.answer(text);
    answered.merge(request, 1, Integer::sum);
    Finish finish = answer.startsWith("CUT ") ? Finish.CUT_OFF : Finish.COMPLETE;
    return new ModelReply(
        answer, "", List.of(), finish, "", new Usage(100, 0, 10, 0), name + "-1", null);
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener) throws ModelException {
    return ask(request);
  }

  @Override
  public void close() {}
}
