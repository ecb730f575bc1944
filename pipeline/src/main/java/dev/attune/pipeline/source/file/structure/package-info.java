/** TODO-PACKAGE dev.attune.pipeline.source.file.structure */
@NullMarked
package dev.attune.pipeline.source.file.structure;

import org.jspecify.annotations.NullMarked;
