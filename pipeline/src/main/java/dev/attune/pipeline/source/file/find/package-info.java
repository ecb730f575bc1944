/** TODO-PACKAGE dev.attune.pipeline.source.file.find */
@NullMarked
package dev.attune.pipeline.source.file.find;

import org.jspecify.annotations.NullMarked;
