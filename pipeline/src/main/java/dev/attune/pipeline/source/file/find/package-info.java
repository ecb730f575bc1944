/**
 * Which files a path or pattern means: regular files and nothing else, found in a walk that is
 * bounded. No file is opened here.
 */
@NullMarked
package dev.attune.pipeline.source.file.find;

import org.jspecify.annotations.NullMarked;
