package dev.attune.launcher.session;

import java.io.IOException;

/** Asks the user whether to spend money. */
interface CostQuestion {
  /** Returns whether a person can answer: the command runs in a terminal. */
  boolean isPossible();

  /** Asks, and returns whether the user agrees. */
  boolean agrees(String question) throws IOException;
}
