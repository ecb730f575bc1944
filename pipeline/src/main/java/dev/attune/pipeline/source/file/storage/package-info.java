/** Input files as stored: their ranges, and opening, unpacking and verifying them. */
@NullMarked
package dev.attune.pipeline.source.file.storage;

import org.jspecify.annotations.NullMarked;
