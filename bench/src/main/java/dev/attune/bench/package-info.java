/**
 * What it costs: a generator of records, the pipeline's logic without Beam as its limit, and a
 * runner that holds the two against each other.
 */
@NullMarked
package dev.attune.bench;

import org.jspecify.annotations.NullMarked;
