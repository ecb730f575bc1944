/**
 * Tells what a change of attune.yaml affects: the dataset, the model that is tuned from it, or
 * neither.
 */
@NullMarked
package dev.attune.config.effect;

import org.jspecify.annotations.NullMarked;
