package dev.attune.launcher.console;

/** An exception whose message is a sentence for the user: what failed and what to do. */
public interface ExplainedFailure {}
