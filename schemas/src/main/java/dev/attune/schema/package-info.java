/**
 * The content of the files that users write and read: JSON Schemas, example lines and the manifest.
 */
@NullMarked
package dev.attune.schema;

import org.jspecify.annotations.NullMarked;
