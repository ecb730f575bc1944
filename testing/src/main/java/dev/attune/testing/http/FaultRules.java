package dev.attune.testing.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What goes wrong. Rules apply in the order in which they were made; all that match do.
 *
 * @param <C> a call
 * @param <R> a rule
 */
public abstract class FaultRules<C, R extends FaultRule<C, R>> {
  private final List<R> rules = new CopyOnWriteArrayList<>();

  /** Serves a call. */
  @FunctionalInterface
  public interface Effect {
    /** Returns the answer as it would be without faults. */
    StubReply serve() throws IOException;
  }

  /** Removes all rules. */
  public void clear() {
    rules.clear();
  }

  void add(R rule) {
    if (!rules.contains(rule)) {
      rules.add(rule);
    }
  }

  void remove(R rule) {
    rules.remove(rule);
  }

  /**
   * Serves a call as the rules say.
   *
   * @param bare whether the service answers with the bare message of an error
   */
  public StubReply answer(C call, StubRequest request, boolean bare, Effect effect)
      throws IOException {
    List<R> matching = rules.stream().filter(rule -> rule.takes(call)).toList();
    try {
      for (R rule : matching) {
        rule.runBefore(call);
      }
      for (R rule : matching) {
        ServiceRefusal failure = rule.failure();
        if (failure != null) {
          // Or the client, still writing, would not see the answer.
          request.body().transferTo(OutputStream.nullOutputStream());
          return failure.reply(bare);
        }
      }
      StubReply reply = effect.serve();
      for (R rule : matching) {
        rule.runAfter(call);
        reply = rule.change(reply, bare);
      }
      return reply;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return StubReply.lost();
    }
  }
}
