package dev.attune.runner.step;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Runs code of users, which may throw anything. */
public final class Attempt {
  private Attempt() {}

  /** Code that may throw an exception of type {@code E}. */
  @FunctionalInterface
  public interface Code<T, E extends Exception> {
    /** Runs the code. */
    T run() throws E;
  }

  /** Runs the code in this thread and returns what it threw, or null. */
  public static @Nullable Throwable failureOf(Callable<?> code) {
    FutureTask<?> task = new FutureTask<>(code);
    task.run();
    try {
      task.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      // The task has ended, so nothing waits.
      throw new IllegalStateException(e);
    }
  }

  /** Runs the code; checked exceptions pass as they are, although they are not declared. */
  @SuppressWarnings("unchecked")
  public static <T> T unchecked(Code<T, ?> code) {
    return ((Code<T, RuntimeException>) code).run();
  }
}
