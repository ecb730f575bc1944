/** Asks models for answers, counts how good they are, and shows it. */
@NullMarked
package dev.attune.launcher.evaluation;

import org.jspecify.annotations.NullMarked;
