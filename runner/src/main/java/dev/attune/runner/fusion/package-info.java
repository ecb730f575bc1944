/** Divides a pipeline, as the SDK hands it over, into stages of fused steps. */
@NullMarked
package dev.attune.runner.fusion;

import org.jspecify.annotations.NullMarked;
