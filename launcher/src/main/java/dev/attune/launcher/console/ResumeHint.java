package dev.attune.launcher.console;

import dev.attune.message.Messages;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/**
 * The last line of a process that a signal ends: what was published or submitted, and how to
 * continue. The hint opened last is used until it is closed. Hints are global to the process.
 */
public final class ResumeHint implements AutoCloseable {
  private static final Deque<ResumeHint> OPEN = new ConcurrentLinkedDeque<>();

  private static volatile Supplier<String> otherwise =
      () -> Messages.of("launcher.interrupted.before");

  private final Supplier<String> sentence;

  private ResumeHint(Supplier<String> sentence) {
    this.sentence = sentence;
  }

  /**
   * Opens a hint.
   *
   * @param sentence called in the thread of the signal while the command still runs
   */
  public static ResumeHint during(Supplier<String> sentence) {
    ResumeHint hint = new ResumeHint(sentence);
    OPEN.push(hint);
    return hint;
  }

  /** Sets the sentence for when no hint is open; like the others, called only on a signal. */
  public static void otherwise(Supplier<String> sentence) {
    otherwise = sentence;
  }

  /** Returns the current last line. */
  public static String sentence() {
    ResumeHint last = OPEN.peek();
    return (last == null ? otherwise : last.sentence).get();
  }

  @Override
  public void close() {
    OPEN.remove(this);
  }
}
