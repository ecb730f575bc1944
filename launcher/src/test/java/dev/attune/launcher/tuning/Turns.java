package dev.attune.launcher.tuning;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who of several processes may make the next call: a schedule of their names. A call is over before
 * the next begins. Turns of a process that has ended are left out; behind the schedule all are
 * free.
 */
final class Turns {
  private final Deque<String> schedule;
  private final Set<String> ended = new HashSet<>();

  Turns(List<String> schedule) {
    this.schedule = new ArrayDeque<>(schedule);
  }

  /** Returns when it is the turn of a process. */
  synchronized void await(String who) {
    try {
      while (!schedule.isEmpty() && !schedule.getFirst().equals(who)) {
        wait(30_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The call of a process is over. */
  synchronized void done(String who) {
    if (who.equals(schedule.peekFirst())) {
      schedule.removeFirst();
    }
    skip();
  }

  /** A process makes no calls any more. */
  synchronized void end(String who) {
    ended.add(who);
    skip();
  }

  private void skip() {
    while (!schedule.isEmpty() && ended.contains(schedule.getFirst())) {
      schedule.removeFirst();
    }
    notifyAll();
  }
}
