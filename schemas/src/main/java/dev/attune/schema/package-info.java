/**
 * What the files say that cross modules: example lines and the manifest.
 */
@NullMarked
package dev.attune.schema;

import org.jspecify.annotations.NullMarked;
