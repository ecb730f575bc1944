/** Prepares a dataset and says what came of it; prepare and demo are thin around it. */
@NullMarked
package dev.attune.launcher.dataset;

import org.jspecify.annotations.NullMarked;
