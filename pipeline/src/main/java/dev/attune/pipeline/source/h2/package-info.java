/** Inspects H2 files before H2 opens them. */
@NullMarked
package dev.attune.pipeline.source.h2;

import org.jspecify.annotations.NullMarked;
