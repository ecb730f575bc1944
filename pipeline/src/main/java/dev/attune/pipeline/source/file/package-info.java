/** TODO-PACKAGE dev.attune.pipeline.source.file */
@NullMarked
package dev.attune.pipeline.source.file;

import org.jspecify.annotations.NullMarked;
