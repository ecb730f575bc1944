/** TODO-PACKAGE dev.attune.pipeline.source.previous */
@NullMarked
package dev.attune.pipeline.source.previous;

import org.jspecify.annotations.NullMarked;
