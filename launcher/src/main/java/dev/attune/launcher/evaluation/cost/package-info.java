/** Estimates the number of questions of an evaluation and their cost, before any is sent. */
@NullMarked
package dev.attune.launcher.evaluation.cost;

import org.jspecify.annotations.NullMarked;
