package dev.attune.runner.pardo;

import dev.attune.runner.group.KeyedElements;

/** What the elements of a DoFn's input are. */
public enum ParDoKind {
  /** The elements of the input PCollection. */
  PLAIN,
  /** {@link KeyedElements}, because the DoFn has state or timers. */
  STATEFUL,
  /** Inputs of a splittable DoFn with their restrictions, under unique keys. */
  SPLITTABLE
}
