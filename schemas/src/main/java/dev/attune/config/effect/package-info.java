/**
 * What a change of attune.yaml changes: the dataset, the model that is tuned from it, or neither.
 */
@NullMarked
package dev.attune.config.effect;

import org.jspecify.annotations.NullMarked;
