/**
 * Evaluations of conversation datasets: judges compare the answers of a model with those of its
 * base and of the champion. docs/judging.md explains the figures.
 */
@NullMarked
package dev.attune.launcher.evaluation.conversation;

import org.jspecify.annotations.NullMarked;
