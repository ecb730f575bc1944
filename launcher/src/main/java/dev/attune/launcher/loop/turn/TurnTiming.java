package dev.attune.launcher.loop.turn;

import java.time.Duration;

/**
 * How a run shows that it is alive, and how long another one waits for that.
 *
 * @param beat the time between two signs of life
 * @param silence after this time without a sign a run counts as ended; several beats, so that a
 *     short outage of the database does no harm
 * @param look the time between two looks of another run
 */
record TurnTiming(Duration beat, Duration silence, Duration look) {
  static final TurnTiming DEFAULT =
      new TurnTiming(Duration.ofSeconds(15), Duration.ofSeconds(90), Duration.ofSeconds(1));

  /** Returns how often another run looks before it takes over. */
  long looks() {
    return silence.dividedBy(look);
  }
}
