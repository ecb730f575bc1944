/**
 * Places of files and folders, on this machine and in buckets of Cloud Storage. A path or URI is
 * parsed once, here; all other code passes a {@link dev.attune.place.Place} on.
 */
@NullMarked
package dev.attune.place;

import org.jspecify.annotations.NullMarked;
