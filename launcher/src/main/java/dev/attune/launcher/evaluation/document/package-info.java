/** Shows an evaluation: evaluation.json for programs, evaluation.html for people. */
@NullMarked
package dev.attune.launcher.evaluation.document;

import org.jspecify.annotations.NullMarked;
