/** The values that flow through the pipeline. No Beam in here. */
@NullMarked
package dev.attune.pipeline.example;

import org.jspecify.annotations.NullMarked;
