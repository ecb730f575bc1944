/**
 * What was done: datasets, tuning jobs with every state, answers, evaluations, promotions, each
 * with who and when. An H2 file on this machine or a PostgreSQL that a team shares.
 */
@NullMarked
package dev.attune.launcher.ledger;

import org.jspecify.annotations.NullMarked;
