package dev.attune.launcher.tuning;

import dev.attune.launcher.emulator.CallHook;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.Moment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Where a launcher is killed: at the k-th call from now on, so many milliseconds later. */
final class Kill {
  private final int index;
  private final Method method;
  private final Moment moment;
  private final int millis;
  private final CompletableFuture<Launcher> target = new CompletableFuture<>();

  Kill(int index, Method method, Moment moment, int millis) {
    this.index = index;
    this.method = method;
    this.moment = moment;
    this.millis = millis;
  }

  /** Who is to be killed. */
  void aim(Launcher launcher) {
    target.complete(launcher);
  }

  /**
   * The hook that does it: the call does not go on before the process is gone.
   *
   * @param before how many calls there were
   */
  CallHook armed(int before) {
    return (now, call) -> {
      if (now == moment && call.number() == before + index + 1) {
        target.join().killAfter(Duration.ofMillis(millis));
      }
    };
  }

  @Override
  public String toString() {
    String when = millis == 0 ? "" : " and " + millis + " ms";
    return "call " + (index + 1) + " " + method + " " + moment + when;
  }
}
