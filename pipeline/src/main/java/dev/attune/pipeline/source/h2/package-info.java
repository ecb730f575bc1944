/** TODO-PACKAGE dev.attune.pipeline.source.h2 */
@NullMarked
package dev.attune.pipeline.source.h2;

import org.jspecify.annotations.NullMarked;
