/**
 * The steps of a pipeline at work. A step that a thread uses is a {@link
 * dev.attune.runner.step.StepInstance}; the instances of a stage call each other directly, element
 * by element.
 */
@NullMarked
package dev.attune.runner.step;

import org.jspecify.annotations.NullMarked;
