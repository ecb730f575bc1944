/** Asks models the questions of an evaluation, and keeps their answers. */
@NullMarked
package dev.attune.launcher.evaluation.question;

import org.jspecify.annotations.NullMarked;
