/** Reads the mapped fields of a record from JSON or CSV. */
@NullMarked
package dev.attune.pipeline.source.file.field;

import org.jspecify.annotations.NullMarked;
