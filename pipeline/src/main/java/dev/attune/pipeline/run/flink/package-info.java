/** What Attune plugs into Flink. */
@NullMarked
package dev.attune.pipeline.run.flink;

import org.jspecify.annotations.NullMarked;
