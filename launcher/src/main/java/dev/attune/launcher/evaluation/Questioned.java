package dev.attune.launcher.evaluation;

import dev.attune.schema.ExampleLine;

/** Whoever gets the questions in the end. Safe for several threads. */
interface Questioned {
  String answer(ExampleLine example) throws AskException, InterruptedException;
}
