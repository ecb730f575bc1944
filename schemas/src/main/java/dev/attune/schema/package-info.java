/**
 * What the files say that users write and read: their JSON Schemas, example lines and the manifest.
 */
@NullMarked
package dev.attune.schema;

import org.jspecify.annotations.NullMarked;
