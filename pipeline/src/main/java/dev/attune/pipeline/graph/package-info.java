/** Which nodes hang together. No Beam in here. */
@NullMarked
package dev.attune.pipeline.graph;

import org.jspecify.annotations.NullMarked;
