package dev.attune.testing.dataflowapi;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong. A rule names calls, then what happens to them:
 *
 * <pre>{@code
 * stub.faults().on(CREATE).nth(1).loseReply();
 * stub.faults().on(GET).nth(2, 4).fail(503);
 * DataflowFaults.Hold hold = stub.faults().on(CREATE).holdAfter();
 * }</pre>
 *
 * <p>Rules apply in the order in which they were made; all that match do.
 */
public final class DataflowFaults {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  DataflowFaults() {}

  /** Looks at a call. It may wait, and do what workers would. */
  public interface Hook {
    /**
     * Called on the thread that serves the call.
     *
     * @throws InterruptedException if the stub is closed meanwhile; the call is then dropped
     */
    void accept(DataflowCall call) throws InterruptedException, IOException;
  }

  /** Stops clients at a call. What they would do next, such as die, is up to the test. */
  public static final class Hold implements Hook {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private Hold() {}

    @Override
    public void accept(DataflowCall call) throws InterruptedException {
      arrived.countDown();
      released.await();
    }

    /**
     * Waits until a call is held.
     *
     * @throws IllegalStateException if none comes within this time
     */
    public void awaitCall(Duration limit) throws InterruptedException {
      if (!arrived.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("no call to hold within " + limit);
      }
    }

    /** Lets the held calls and all later ones go on. */
    public void release() {
      released.countDown();
    }
  }

  /** Begins a rule for calls of these kinds; without any, for all calls. */
  public Rule on(DataflowCall.Kind... kinds) {
    Set<DataflowCall.Kind> wanted = EnumSet.allOf(DataflowCall.Kind.class);
    if (kinds.length > 0) {
      wanted.retainAll(List.of(kinds));
    }
    return new Rule(wanted);
  }

  /** Removes all rules. */
  public void clear() {
    rules.clear();
  }

  List<Rule> matching(DataflowCall call) {
    return rules.stream().filter(rule -> rule.takes(call)).toList();
  }

  /** Which calls, and what happens to them. The rule applies from its first effect on. */
  public final class Rule {
    private final Set<DataflowCall.Kind> kinds;
    private final AtomicInteger matches = new AtomicInteger();
    private int first = 1;
    private int last = Integer.MAX_VALUE;
    private volatile @Nullable Hook before;
    private volatile @Nullable Hook after;
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable DataflowRefusal failure;
    private volatile @Nullable DataflowRefusal instead;
    private volatile boolean lost;

    private Rule(Set<DataflowCall.Kind> kinds) {
      this.kinds = kinds;
    }

    /** Only the n-th call that matches, from 1. */
    public Rule nth(int n) {
      return nth(n, n);
    }

    /** Only some of the calls that match: from the one up to the other, from 1. */
    public Rule nth(int from, int to) {
      first = from;
      last = to;
      return this;
    }

    /** Answers with an error instead of doing anything. */
    public Rule fail(int status) {
      failure = DataflowRefusal.of(status);
      return active();
    }

    /** Answers with an error of this text instead of doing anything. */
    public Rule fail(int status, String message) {
      failure = new DataflowRefusal(status, message);
      return active();
    }

    /** Waits before the call is served. */
    public Rule delay(Duration time) {
      delay = time;
      return active();
    }

    /** Serves the call, and closes the connection instead of answering. */
    public Rule loseReply() {
      lost = true;
      return active();
    }

    /** Serves the call, and answers with an error all the same. */
    public Rule replyInstead(int status) {
      instead = DataflowRefusal.of(status);
      return active();
    }

    /** Calls the hook before the call is served. */
    public Rule before(Hook hook) {
      before = hook;
      return active();
    }

    /** Calls the hook after the effect and before the answer. */
    public Rule after(Hook hook) {
      after = hook;
      return active();
    }

    /** Holds calls before they are served, until the hold is released. */
    public Hold holdBefore() {
      Hold hold = new Hold();
      before(hold);
      return hold;
    }

    /** Holds calls after the effect and before the answer, until the hold is released. */
    public Hold holdAfter() {
      Hold hold = new Hold();
      after(hold);
      return hold;
    }

    /** Returns how many calls matched so far, whether or not {@link #nth} chose them. */
    public int matches() {
      return matches.get();
    }

    /** Ends the rule. */
    public void remove() {
      rules.remove(this);
    }

    private Rule active() {
      if (!rules.contains(this)) {
        rules.add(this);
      }
      return this;
    }

    private boolean takes(DataflowCall call) {
      if (!kinds.contains(call.kind())) {
        return false;
      }
      int number = matches.incrementAndGet();
      return number >= first && number <= last;
    }

    void runBefore(DataflowCall call) throws InterruptedException, IOException, DataflowRefusal {
      if (!delay.isZero()) {
        Thread.sleep(delay.toMillis());
      }
      Hook hook = before;
      if (hook != null) {
        hook.accept(call);
      }
      DataflowRefusal refusal = failure;
      if (refusal != null) {
        throw refusal;
      }
    }

    /** Returns whether the reply is lost. */
    boolean runAfter(DataflowCall call) throws InterruptedException, IOException, DataflowRefusal {
      Hook hook = after;
      if (hook != null) {
        hook.accept(call);
      }
      DataflowRefusal refusal = instead;
      if (refusal != null) {
        throw refusal;
      }
      return lost;
    }
  }
}
