package dev.attune.launcher.console.progress;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of one step of a command on stderr. Prints a line after three seconds and then
 * every ten seconds; on a terminal, redraws one line. Any thread may report progress, at the cost
 * of writing a number.
 */
public final class Progress implements LongConsumer, AutoCloseable {
  private static final Duration FIRST = Duration.ofSeconds(3);
  private static final Duration FIRST_ON_TERMINAL = Duration.ofSeconds(1);

  /** Ten seconds minus the possible delay of a clock that ticks every second. */
  private static final Duration REPEAT_AFTER = Duration.ofMillis(9_500);

  private final Shell shell;
  private final Ticker.Ticking ticking;
  private final long start;
  private @Nullable ProgressBarOnTerminal bar;
  private @Nullable Long shownAt;
  private @Nullable Long saidAt;
  private boolean closed;

  // Written by the threads that work and read by the one that prints, without a lock.
  private volatile ProgressLine sentence;
  private volatile long soFar = -1;

  private Progress(Shell shell, ProgressLine sentence) {
    this.shell = shell;
    this.sentence = sentence;
    this.start = shell.ticker().nanoTime();
    this.ticking = shell.ticker().everySecond(this::tick);
  }

  /**
   * Starts a step.
   *
   * @param doing e.g. {@code Uploading train.jsonl}
   * @param amount {@link Amount#NONE} for a step without a count
   * @param next names of the steps that follow in the same command
   */
  public static Progress start(Shell shell, String doing, Amount amount, String... next) {
    return new Progress(shell, new ProgressLine(doing, amount, List.of(next)));
  }

  /** Prints a sentence of a thread that does not know whether a step is shown on the terminal. */
  public static void sayAbove(Shell shell, String sentence) {
    shell.err().println(shell.terminal() ? ProgressBarOnTerminal.ERASE + sentence : sentence);
  }

  /** Reports progress; negative if unknown. */
  @Override
  public void accept(long reached) {
    soFar = reached;
  }

  /** Reports progress and a new total. */
  public void accept(long reached, Amount amount) {
    ProgressLine before = sentence;
    sentence = new ProgressLine(before.doing(), amount, before.next());
    soFar = reached;
  }

  /** Prints a sentence on a separate line. */
  synchronized void say(String words) {
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
    if (before == null || since(before).compareTo(REPEAT_AFTER) >= 0) {
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
    } else if (before == null || since(before).compareTo(REPEAT_AFTER) >= 0) {
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
