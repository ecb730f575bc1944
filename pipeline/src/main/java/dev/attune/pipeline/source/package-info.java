/** TODO-PACKAGE dev.attune.pipeline.source */
@NullMarked
package dev.attune.pipeline.source;

import org.jspecify.annotations.NullMarked;
