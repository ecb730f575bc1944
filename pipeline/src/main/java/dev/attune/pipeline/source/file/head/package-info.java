/** TODO-PACKAGE dev.attune.pipeline.source.file.head */
@NullMarked
package dev.attune.pipeline.source.file.head;

import org.jspecify.annotations.NullMarked;
