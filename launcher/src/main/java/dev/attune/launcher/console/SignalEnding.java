package dev.attune.launcher.console;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends this process when SIGINT, SIGTERM or SIGHUP arrives: with 128 and the signal's number, and
 * the {@link ResumeHint} as its last line. From then on the command, which may still run for a
 * moment, prints nothing. A second signal does not wait for what is cleaned up after the first. A
 * signal that the parent process had ignored (nohup) stays ignored.
 */
public final class SignalEnding {
  private final ProcessStream out;
  private final ProcessStream err;
  private final boolean json;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);

  private SignalEnding(ProcessStream out, ProcessStream err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  private enum Phase {
    RUNNING,
    INTERRUPTED,
    ENDED
  }

  /**
   * Watches for signals from now on.
   *
   * @param json whether stdout gets the document of the failure
   */
  public static SignalEnding watch(ProcessStream out, ProcessStream err, boolean json) {
    SignalEnding ending = new SignalEnding(out, err, json);
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
              SignalEnding.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, args) -> {
                arrived(exit);
                return null;
              });
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
        Runtime.getRuntime().exit(exit.code());
      }
    } else if (phase.get() == Phase.INTERRUPTED) {
      Runtime.getRuntime().halt(exit.code());
    }
  }

  private void say(ExitCode exit) {
    out.mute();
    err.mute();
    String sentence = ResumeHint.sentence();
    err.lastWords(sentence + "\n");
    if (json) {
      out.lastWords(
          FailureJson.of("", FailureCode.INTERRUPTED, exit.code(), sentence, List.of()));
    }
  }

  /**
   * Whether the command may end the process with its own result. If not, a signal is ending it, and
   * the command has nothing to say any more.
   */
  public boolean mayEnd() {
    return phase.compareAndSet(Phase.RUNNING, Phase.ENDED);
  }
}
