/** What Attune plugs into Flink. */
@NullMarked
package dev.attune.pipeline.flink;

import org.jspecify.annotations.NullMarked;
