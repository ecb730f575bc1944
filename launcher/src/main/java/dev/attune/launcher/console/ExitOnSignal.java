package dev.attune.launcher.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process when SIGINT, SIGTERM or SIGHUP arrives: with 128 and the signal's number, and
 * the {@link ResumeHint} as its last line. From then on the command, which may still run for a
 * moment, prints nothing. A second signal does not wait for what is cleaned up after the first. A
 * signal that the parent process had ignored (nohup) stays ignored.
 */
public final class ExitOnSignal {
  private static final int SECONDS_TO_SAY = 2;

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
   * Watches for signals from now on. Loads next to no classes, for until then a signal ends the
   * process without a word.
   *
   * @param typed the arguments: with {@code --json} stdout gets the document of the failure
   */
  public static ExitOnSignal watch(ProcessStream out, ProcessStream err, String... typed) {
    ExitOnSignal ending = new ExitOnSignal(out, err, typed);
    ending.handle("TERM", ExitCode.TERMINATED);
    ending.handle("INT", ExitCode.INTERRUPTED);
    ending.handle("HUP", ExitCode.HUNG_UP);
    return ending;
  }

  /** By reflection: javac warns of sun.misc and cannot be told not to. */
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
      return; // Not on this system, or java -Xrs: the JVM's own way of ending stays.
    }
  }

  /** In a thread of its own for each signal. */
  private void arrived(ExitCode exit) {
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

  /** Until the first signal has had its say, but not for ever: its disk may be gone. */
  private void awaitSentence() {
    try {
      var unused = said.await(SECONDS_TO_SAY, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(ExitCode exit) {
    out.mute();
    err.mute();
    String sentence = ResumeHint.sentence();
    err.lastWords(sentence + "\n");
    if (FailureReport.isJsonAsked(typed)) {
      out.lastWords(
          new FailureDocument(FailureCode.INTERRUPTED, exit.code(), sentence, List.of())
              .addedTo(""));
    }
  }

  /**
   * Whether the command may end the process with its own result. If not, a signal is ending it, and
   * the command has nothing to say any more.
   */
  public boolean mayEnd() {
    return phase.compareAndSet(Phase.RUNNING, Phase.ENDED);
  }

  /** A class, for a lambda costs time when there is none to lose. */
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
