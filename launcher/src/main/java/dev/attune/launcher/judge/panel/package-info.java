/**
 * The statistics of judges: verdicts in, win rates with intervals and the agreement of the judges
 * out. Knows no model and no file. docs/judging.md explains the figures.
 */
@NullMarked
package dev.attune.launcher.judge.panel;

import org.jspecify.annotations.NullMarked;
