/** Prepares a dataset and reports the result, for the commands prepare and demo. */
@NullMarked
package dev.attune.launcher.dataset;

import org.jspecify.annotations.NullMarked;
