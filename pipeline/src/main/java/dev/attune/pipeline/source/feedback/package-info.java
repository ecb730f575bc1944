/** TODO-PACKAGE dev.attune.pipeline.source.feedback */
@NullMarked
package dev.attune.pipeline.source.feedback;

import org.jspecify.annotations.NullMarked;
