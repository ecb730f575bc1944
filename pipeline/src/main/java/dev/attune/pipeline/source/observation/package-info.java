/** TODO-PACKAGE dev.attune.pipeline.source.observation */
@NullMarked
package dev.attune.pipeline.source.observation;

import org.jspecify.annotations.NullMarked;
