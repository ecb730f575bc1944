package dev.attune.launcher.emulator;

/**
 * Called in the thread that serves a call, which goes on when this returns: it may kill, or wait.
 */
@FunctionalInterface
public interface CallHook {
  void at(Moment moment, Call call);
}
