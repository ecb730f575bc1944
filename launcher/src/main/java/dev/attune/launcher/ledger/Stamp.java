package dev.attune.launcher.ledger;

import java.time.Instant;

/**
 * Who entered something, and when.
 *
 * @param at to the millisecond
 * @param by the name of the user whose process it was
 */
public record Stamp(Instant at, String by) {}
