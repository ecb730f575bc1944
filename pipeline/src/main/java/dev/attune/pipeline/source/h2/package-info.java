/** What stands in a file of H2, looked at before H2 opens it. */
@NullMarked
package dev.attune.pipeline.source.h2;

import org.jspecify.annotations.NullMarked;
