package dev.attune.testing.gcs;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong. A rule names calls, then what happens to them:
 *
 * <pre>{@code
 * stub.faults().on(INSERT).object(".*manifest.json").nth(1).loseReply();
 * stub.faults().on(DOWNLOAD).nth(2, 4).fail(503);
 * StubFaults.Hold hold = stub.faults().on().nth(7).holdBefore();
 * }</pre>
 *
 * <p>Rules apply in the order in which they were made; all that match do.
 */
public final class StubFaults {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  StubFaults() {}

  /** Looks at a call. It may wait, and change objects. */
  public interface Hook {
    /**
     * Called on the thread that serves the call.
     *
     * @throws InterruptedException if the stub is closed meanwhile; the call is then dropped
     */
    void accept(StubCall call) throws InterruptedException, IOException;
  }

  /** Stops clients at a call. What they would do next, such as die, is up to the test. */
  public static final class Hold implements Hook {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private Hold() {}

    @Override
    public void accept(StubCall call) throws InterruptedException {
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
  public Rule on(StubCall.Kind... kinds) {
    Set<StubCall.Kind> wanted = EnumSet.allOf(StubCall.Kind.class);
    if (kinds.length > 0) {
      wanted.retainAll(List.of(kinds));
    }
    return new Rule(wanted);
  }

  /** Removes all rules. */
  public void clear() {
    rules.clear();
  }

  List<Rule> matching(StubCall call) {
    return rules.stream().filter(rule -> rule.takes(call)).toList();
  }

  /** Which calls, and what happens to them. The rule applies from its first effect on. */
  public final class Rule {
    private final Set<StubCall.Kind> kinds;
    private final AtomicInteger matches = new AtomicInteger();
    private Pattern object = Pattern.compile(".*", Pattern.DOTALL);
    private Pattern bucket = object;
    private String method = "";
    private int first = 1;
    private int last = Integer.MAX_VALUE;
    private volatile @Nullable Hook before;
    private volatile @Nullable Hook after;
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable StubRefusal failure;
    private volatile @Nullable StubRefusal instead;
    private volatile boolean lost;
    private volatile long cut = Long.MAX_VALUE;

    private Rule(Set<StubCall.Kind> kinds) {
      this.kinds = kinds;
    }

    /** Only calls for objects whose whole name matches the regular expression. */
    public Rule object(String pattern) {
      object = Pattern.compile(pattern, Pattern.DOTALL);
      return this;
    }

    /** Only calls for buckets whose whole name matches the regular expression. */
    public Rule bucket(String pattern) {
      bucket = Pattern.compile(pattern, Pattern.DOTALL);
      return this;
    }

    /** Only calls with this HTTP method. */
    public Rule method(String name) {
      method = name;
      return this;
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
      failure = StubRefusal.of(status);
      return active();
    }

    /** Answers with an error of this reason and text instead of doing anything. */
    public Rule fail(int status, String reason, String message) {
      failure = new StubRefusal(status, reason, message);
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
      instead = StubRefusal.of(status);
      return active();
    }

    /** Serves the call, and closes the connection after so many bytes of the answer's body. */
    public Rule cutReplyAfter(long bytes) {
      cut = bytes;
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

    private boolean takes(StubCall call) {
      if (!kinds.contains(call.kind())
          || !object.matcher(call.object()).matches()
          || !bucket.matcher(call.bucket()).matches()
          || !(method.isEmpty() || method.equals(call.method()))) {
        return false;
      }
      int number = matches.incrementAndGet();
      return number >= first && number <= last;
    }

    void runBefore(StubCall call) throws InterruptedException, IOException {
      if (!delay.isZero()) {
        Thread.sleep(delay.toMillis());
      }
      Hook hook = before;
      if (hook != null) {
        hook.accept(call);
      }
    }

    void runAfter(StubCall call) throws InterruptedException, IOException {
      Hook hook = after;
      if (hook != null) {
        hook.accept(call);
      }
    }

    @Nullable StubRefusal failure() {
      return failure;
    }

    StubReply change(StubReply reply, boolean media) throws IOException {
      StubRefusal error = instead;
      if (!lost && error == null) {
        return cut == Long.MAX_VALUE ? reply : reply.cutAfter(cut);
      }
      reply.discard();
      return lost || error == null ? StubReply.lost() : error.reply(media);
    }
  }
}
