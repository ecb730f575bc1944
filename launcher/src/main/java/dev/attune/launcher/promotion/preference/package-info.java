/**
 * The gate on win rates: what an evaluation by judges says, and whether it is enough to promote a
 * model. Uses neither ledger nor files. docs/judging.md explains the rules.
 */
@NullMarked
package dev.attune.launcher.promotion.preference;

import org.jspecify.annotations.NullMarked;
