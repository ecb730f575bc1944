/**
 * The ledger: datasets, tuning jobs with every state, answers, evaluations and decisions, each with
 * its user and time; in an H2 file on this machine, or in PostgreSQL for a team.
 */
@NullMarked
package dev.attune.launcher.ledger;

import org.jspecify.annotations.NullMarked;
