package dev.attune.launcher.loop;

/** What came of a run: a result, or that another run is in progress and this one did nothing. */
public sealed interface LoopOutcome permits LoopResult, RunBeside {}
