/**
 * The statistical tests of the gate: counts and intervals in, yes or no out. Knows no
 * configuration, no JSON and no ledger. docs/promotion.md explains the tests, docs/adr/0016 where
 * their parameters come from.
 */
@NullMarked
package dev.attune.launcher.promotion.gate;

import org.jspecify.annotations.NullMarked;
