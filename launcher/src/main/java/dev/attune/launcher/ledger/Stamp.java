package dev.attune.launcher.ledger;

import java.time.Instant;

/**
 * The time and the user of an entry.
 *
 * @param at the time in milliseconds
 * @param by the name of the user
 */
public record Stamp(Instant at, String by) {}
