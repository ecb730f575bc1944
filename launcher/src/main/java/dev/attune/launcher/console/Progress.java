package dev.attune.launcher.console;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of a command, shown on stderr while it lasts: what it does, how far it is, what is left.
 * A step of less than three seconds shows nothing. A longer one shows a line after three seconds
 * and another every ten; on a terminal, one line that is drawn over and over. Any thread may tell
 * it how far it is; that takes no longer than writing a number.
 */
public final class Progress implements LongConsumer, AutoCloseable {
  private static final Duration FIRST = Duration.ofSeconds(3);
  private static final Duration FIRST_ON_TERMINAL = Duration.ofSeconds(1);

  /** Ten seconds, give or take what a clock that ticks every second may be late. */
  private static final Duration RETRY = Duration.ofMillis(9_500);

  private final Shell shell;
  private final Ticker.Ticking ticking;
  private final long start;
  private @Nullable ProgressBarOnTerminal bar;
  private @Nullable Long shownAt;
  private @Nullable Long saidAt;
  private boolean closed;

  // Written by whoever works, read by what shows: no lock is taken for each record, and none is
  // waited for by the thread that draws on a terminal.
  private volatile ProgressLine sentence;
  private volatile long soFar = -1;

  private Progress(Shell shell, ProgressLine sentence) {
    this.shell = shell;
    this.sentence = sentence;
    this.start = shell.ticker().nanoTime();
    this.ticking = shell.ticker().everySecond(this::tick);
  }

  /**
   * Begins a step.
   *
   * @param doing what it does, as in {@code Uploading train.jsonl}
   * @param amount what it counts, {@link Amount#NONE} for nothing
   * @param next what follows in the same command, by name
   */
  public static Progress start(Shell shell, String doing, Amount amount, String... next) {
    return new Progress(shell, new ProgressLine(doing, amount, List.of(next)));
  }

  /** How far it is; negative where that is not known. */
  @Override
  public void accept(long reached) {
    soFar = reached;
  }

  /** How far it is of an amount that was not known, or was estimated, before. */
  public void accept(long reached, Amount amount) {
    ProgressLine before = sentence;
    sentence = new ProgressLine(before.doing(), amount, before.next());
    soFar = reached;
  }

  /** Prints a sentence on a line of its own. */
  public synchronized void say(String words) {
    ProgressBarOnTerminal open = bar;
    if (open == null) {
      shell.err().println(words);
    } else {
      open.say(words);
    }
    saidAt = shell.ticker().nanoTime();
  }

  /** Prints a sentence unless another was printed in the last ten seconds. */
  public synchronized void sayNowAndThen(String words) {
    Long before = saidAt;
    if (before == null || since(before).compareTo(RETRY) >= 0) {
      say(words);
    }
  }

  @Override
  public void close() {
    ticking.close();
    synchronized (this) {
      closed = true;
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }

  private synchronized void tick() {
    Duration took = since(start);
    Long before = shownAt;
    if (closed || took.compareTo(shell.terminal() ? FIRST_ON_TERMINAL : FIRST) < 0) {
      return;
    }
    if (shell.terminal()) {
      if (bar == null) {
        bar = new ProgressBarOnTerminal(shell.err(), this::line);
      }
    } else if (before == null || since(before).compareTo(RETRY) >= 0) {
      shell.err().println(line());
      shownAt = shell.ticker().nanoTime();
    }
  }

  private String line() {
    return sentence.after(since(start), soFar);
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(shell.ticker().nanoTime() - nanos);
  }
}
