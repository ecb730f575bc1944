/** Measures prepare, check and the token estimate, and formats the results. */
@NullMarked
package dev.attune.bench.measure;

import org.jspecify.annotations.NullMarked;
