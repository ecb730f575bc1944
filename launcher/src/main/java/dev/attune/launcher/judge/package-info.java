/**
 * Judges: text models that say which of two answers is better. Each is asked in both orders, and a
 * contradiction is a tie.
 */
@NullMarked
package dev.attune.launcher.judge;

import org.jspecify.annotations.NullMarked;
