/** At most one {@code attune run} at a time for a dataset name and a ledger. */
@NullMarked
package dev.attune.launcher.loop.turn;

import org.jspecify.annotations.NullMarked;
