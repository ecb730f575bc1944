/** {@code attune evaluate}: how good a model is. */
@NullMarked
package dev.attune.launcher.evaluate;

import org.jspecify.annotations.NullMarked;
