@NullMarked
package dev.attune.pipeline.run.dataflow;

import org.jspecify.annotations.NullMarked;
