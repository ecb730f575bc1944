package dev.attune.launcher.console;

/** A failure whose message is one sentence for people: what failed and what to do. */
public interface ExplainedFailure {}
