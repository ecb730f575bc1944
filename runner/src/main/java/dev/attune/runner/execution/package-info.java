/** Runs the stages of a pipeline on a bounded number of threads. */
@NullMarked
package dev.attune.runner.execution;

import org.jspecify.annotations.NullMarked;
