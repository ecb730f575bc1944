/** The examples of docs/extending, compiled and run. */
@NullMarked
package dev.attune.pipeline.extending;

import org.jspecify.annotations.NullMarked;
