/** TODO-PACKAGE dev.attune.pipeline.source.named */
@NullMarked
package dev.attune.pipeline.source.named;

import org.jspecify.annotations.NullMarked;
