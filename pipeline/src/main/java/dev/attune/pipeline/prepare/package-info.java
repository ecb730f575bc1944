/** TODO-PACKAGE dev.attune.pipeline.prepare */
@NullMarked
package dev.attune.pipeline.prepare;

import org.jspecify.annotations.NullMarked;
