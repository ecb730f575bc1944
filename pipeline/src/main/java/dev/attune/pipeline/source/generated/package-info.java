/** TODO-PACKAGE dev.attune.pipeline.source.generated */
@NullMarked
package dev.attune.pipeline.source.generated;

import org.jspecify.annotations.NullMarked;
