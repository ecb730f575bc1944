package dev.attune.testing.modelapi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong. A rule names prompts, then what happens to them:
 *
 * <pre>{@code
 * stub.faults().any().nth(1, 3).status(429, "2");
 * stub.faults().on(prompt -> prompt.lastText().contains("seven")).cutStream(2);
 * }</pre>
 *
 * <p>The first rule that matches applies.
 */
public final class ModelFaults {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  ModelFaults() {}

  /** What happens to a call. */
  enum Effect {
    STATUS,
    GARBAGE,
    CUT,
    HOLD,
    CLOSE
  }

  /** Begins a rule for all prompts. */
  public Rule any() {
    return on(prompt -> true);
  }

  /** Begins a rule for some prompts. */
  public Rule on(Predicate<ModelPrompt> prompts) {
    return new Rule(prompts);
  }

  /** Removes all rules. */
  public void clear() {
    rules.clear();
  }

  @Nullable Rule matching(ModelPrompt prompt) {
    for (Rule rule : rules) {
      if (rule.takes(prompt)) {
        return rule;
      }
    }
    return null;
  }

  /** Which prompts, and what happens to them. The rule applies as soon as it has an effect. */
  public final class Rule {
    private final Predicate<ModelPrompt> prompts;
    private final AtomicInteger matches = new AtomicInteger();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private int first = 1;
    private int last = Integer.MAX_VALUE;
    private Effect effect = Effect.STATUS;
    private int status;
    private String retryAfter = "";
    private String code = "";
    private int pieces;

    private Rule(Predicate<ModelPrompt> prompts) {
      this.prompts = prompts;
    }

    /** Only the n-th prompt that matches, from 1. */
    public Rule nth(int n) {
      return nth(n, n);
    }

    /** Only some of the prompts that match: from the one up to the other, from 1. */
    public Rule nth(int from, int to) {
      first = from;
      last = to;
      return this;
    }

    /** Answers with an error. */
    public Rule status(int number) {
      return status(number, "");
    }

    /**
     * Answers with an error.
     *
     * @param wait the header {@code Retry-After}; empty for none
     */
    public Rule status(int number, String wait) {
      status = number;
      retryAfter = wait;
      return active(Effect.STATUS);
    }

    /** Answers with an error that has this code, or for Gemini this status. */
    public Rule error(int number, String name) {
      code = name;
      return status(number);
    }

    /** Answers 200 with a web page, or with an event that is no JSON. */
    public Rule garbage() {
      return active(Effect.GARBAGE);
    }

    /** Ends a stream after some pieces as if it were complete; other answers end in the middle. */
    public Rule cutStream(int after) {
      pieces = after;
      return active(Effect.CUT);
    }

    /** Sends some pieces, or nothing of an answer at once, then nothing until it is released. */
    public Rule hold(int after) {
      pieces = after;
      return active(Effect.HOLD);
    }

    /** Closes the connection without an answer. */
    public Rule close() {
      return active(Effect.CLOSE);
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

    /** Returns how many prompts matched so far, whether or not {@link #nth} chose them. */
    public int matches() {
      return matches.get();
    }

    /** Ends the rule. */
    public void remove() {
      rules.remove(this);
    }

    private Rule active(Effect what) {
      effect = what;
      if (!rules.contains(this)) {
        rules.add(this);
      }
      return this;
    }

    private boolean takes(ModelPrompt prompt) {
      if (!prompts.test(prompt)) {
        return false;
      }
      int number = matches.incrementAndGet();
      return number >= first && number <= last;
    }

    Effect effect() {
      return effect;
    }

    ApiError error() {
      return new ApiError(status, code, retryAfter);
    }

    int pieces() {
      return pieces;
    }

    void holdCall() throws InterruptedException {
      arrived.countDown();
      released.await();
    }
  }

  /**
   * An error as an answer.
   *
   * @param code a name for it; empty for the usual one
   * @param retryAfter a header; empty for none
   */
  record ApiError(int status, String code, String retryAfter) {}
}
