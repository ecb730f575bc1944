/**
 * Which validation examples may be asked: those that no compared model was tuned on. Reads the
 * lineage and the training examples of the datasets that the models were tuned on.
 */
@NullMarked
package dev.attune.launcher.evaluation.fair;

import org.jspecify.annotations.NullMarked;
