package dev.attune.launcher.console;

import dev.attune.launcher.console.keyboard.InterruptibleWork;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process on SIGINT, SIGTERM or SIGHUP with 128 plus the number of the signal, and prints
 * the {@link ResumeHint} as the last line; but a first SIGINT only stops {@link InterruptibleWork}.
 * The command may still run for a moment but prints nothing. A second signal ends the process
 * without further cleanup. A signal that the parent process ignores (nohup) stays ignored.
 */
public final class ExitOnSignal {
  private static final int SECONDS_TO_PRINT = 2;

  private final ProcessStream out;
  private final ProcessStream err;
  private final String[] typed;
  private final CountDownLatch said = new CountDownLatch(1);
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);

  private ExitOnSignal(ProcessStream out, ProcessStream err, String... typed) {
    this.out = out;
    this.err = err;
    this.typed = typed.clone();
  }

  private enum Phase {
    RUNNING,
    INTERRUPTED,
    ENDED
  }

  /**
   * Installs the signal handlers. Loads few classes, because an earlier signal ends the process
   * without a message.
   *
   * @param typed the arguments; with {@code --json} stdout gets the document of the failure
   */
  public static ExitOnSignal watch(ProcessStream out, ProcessStream err, String... typed) {
    ExitOnSignal ending = new ExitOnSignal(out, err, typed);
    ending.handle("TERM", ExitCode.TERMINATED);
    ending.handle("INT", ExitCode.INTERRUPTED);
    ending.handle("HUP", ExitCode.HUNG_UP);
    return ending;
  }

  /** Uses reflection, because javac's warning about sun.misc cannot be suppressed. */
  private void handle(String name, ExitCode exit) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object on =
          Proxy.newProxyInstance(
              ExitOnSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              new OnSignal(this, exit));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), on);
    } catch (ReflectiveOperationException e) {
      return; // Unsupported on this system, or java -Xrs: the default of the JVM stays.
    }
  }

  /** Called in a new thread for each signal. */
  private void arrived(ExitCode exit) {
    if (exit == ExitCode.INTERRUPTED && InterruptibleWork.stopOpen()) {
      return;
    }
    if (phase.compareAndSet(Phase.RUNNING, Phase.INTERRUPTED)) {
      try {
        say(exit);
      } finally {
        said.countDown();
        Runtime.getRuntime().exit(exit.code());
      }
    } else if (phase.get() == Phase.INTERRUPTED) {
      awaitSentence();
      Runtime.getRuntime().halt(exit.code());
    }
  }

  /** Waits until the sentence of the first signal is printed, at most two seconds. */
  private void awaitSentence() {
    try {
      var unused = said.await(SECONDS_TO_PRINT, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(ExitCode exit) {
    out.mute();
    err.mute();
    String sentence = ResumeHint.sentence();
    err.writeLast(sentence + "\n");
    if (FailureReport.isJsonAsked(typed)) {
      out.writeLast(
          new FailureDocument(FailureCode.INTERRUPTED, exit.code(), sentence, List.of())
              .addedTo(""));
    }
  }

  /**
   * Returns whether the command may end the process. If not, a signal is ending it, and the command
   * prints nothing.
   */
  public boolean mayEnd() {
    return phase.compareAndSet(Phase.RUNNING, Phase.ENDED);
  }

  /** A class, because the first lambda of a process takes time to link. */
  private record OnSignal(ExitOnSignal ending, ExitCode exit) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) {
      if (method.getName().equals("handle")) {
        ending.arrived(exit);
        return null;
      }
      throw new UnsupportedOperationException(method.getName());
    }
  }
}
