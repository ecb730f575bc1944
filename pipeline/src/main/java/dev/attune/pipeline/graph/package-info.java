/** Connected components of joined nodes. Does not depend on Beam. */
@NullMarked
package dev.attune.pipeline.graph;

import org.jspecify.annotations.NullMarked;
