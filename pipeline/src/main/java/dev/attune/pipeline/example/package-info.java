/** The values that flow through the pipeline. Does not depend on Beam. */
@NullMarked
package dev.attune.pipeline.example;

import org.jspecify.annotations.NullMarked;
