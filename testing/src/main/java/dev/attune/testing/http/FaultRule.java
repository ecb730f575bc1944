package dev.attune.testing.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which calls, and what happens to them. A rule applies from its first effect on.
 *
 * @param <C> a call
 * @param <R> the rule itself
 */
public abstract class FaultRule<C, R extends FaultRule<C, R>> {
  private final FaultRules<C, R> rules;
  private final AtomicInteger matches = new AtomicInteger();
  private int first = 1;
  private int last = Integer.MAX_VALUE;
  private volatile @Nullable FaultHook<C> before;
  private volatile @Nullable FaultHook<C> after;
  private volatile Duration delay = Duration.ZERO;
  private volatile @Nullable ServiceRefusal failure;
  private volatile @Nullable ServiceRefusal instead;
  private volatile boolean lost;
  private volatile long cut = Long.MAX_VALUE;

  /** Creates a rule without effect. */
  protected FaultRule(FaultRules<C, R> rules) {
    this.rules = rules;
  }

  /** Returns this. */
  protected abstract R self();

  /** Returns whether the rule is for such calls. */
  protected abstract boolean concerns(C call);

  /** Returns the error of a status as the service words it. */
  protected abstract ServiceRefusal refusal(int status);

  /** Only the n-th call that matches, from 1. */
  public R nth(int n) {
    return nth(n, n);
  }

  /** Only some of the calls that match: from the one up to the other, from 1. */
  public R nth(int from, int to) {
    first = from;
    last = to;
    return self();
  }

  /** Answers with an error instead of doing anything. */
  public R fail(int status) {
    return failWith(refusal(status));
  }

  /** Answers with this error instead of doing anything. */
  protected R failWith(ServiceRefusal refusal) {
    failure = refusal;
    return active();
  }

  /** Waits before the call is served. */
  public R delay(Duration time) {
    delay = time;
    return active();
  }

  /** Serves the call, and closes the connection instead of answering. */
  public R loseReply() {
    lost = true;
    return active();
  }

  /** Serves the call, and answers with an error all the same. */
  public R replyInstead(int status) {
    instead = refusal(status);
    return active();
  }

  /** Serves the call, and closes the connection after so many bytes of the answer's body. */
  public R cutReplyAfter(long bytes) {
    cut = bytes;
    return active();
  }

  /** Calls the hook before the call is served. */
  public R before(FaultHook<C> hook) {
    before = hook;
    return active();
  }

  /** Calls the hook after the effect and before the answer. */
  public R after(FaultHook<C> hook) {
    after = hook;
    return active();
  }

  /** Holds calls before they are served, until the hold is released. */
  public CallHold holdBefore() {
    CallHold hold = new CallHold();
    before(call -> hold.hold());
    return hold;
  }

  /** Holds calls after the effect and before the answer, until the hold is released. */
  public CallHold holdAfter() {
    CallHold hold = new CallHold();
    after(call -> hold.hold());
    return hold;
  }

  /** Returns how many calls matched so far, whether or not {@link #nth} chose them. */
  public int matches() {
    return matches.get();
  }

  /** Ends the rule. */
  public void remove() {
    rules.remove(self());
  }

  private R active() {
    rules.add(self());
    return self();
  }

  boolean takes(C call) {
    if (!concerns(call)) {
      return false;
    }
    int number = matches.incrementAndGet();
    return number >= first && number <= last;
  }

  void runBefore(C call) throws InterruptedException, IOException {
    if (!delay.isZero()) {
      Thread.sleep(delay.toMillis());
    }
    FaultHook<C> hook = before;
    if (hook != null) {
      hook.accept(call);
    }
  }

  void runAfter(C call) throws InterruptedException, IOException {
    FaultHook<C> hook = after;
    if (hook != null) {
      hook.accept(call);
    }
  }

  @Nullable ServiceRefusal failure() {
    return failure;
  }

  StubReply change(StubReply reply, boolean bare) throws IOException {
    ServiceRefusal error = instead;
    if (!lost && error == null) {
      return cut == Long.MAX_VALUE ? reply : reply.cutAfter(cut);
    }
    reply.discard();
    return lost || error == null ? StubReply.lost() : error.reply(bare);
  }
}
