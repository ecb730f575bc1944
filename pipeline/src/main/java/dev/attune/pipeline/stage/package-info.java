/**
 * What stages exchange: records of PCollections as typed inputs and outputs, and the few ways in
 * which stages flatten, gather and view collections.
 */
@NullMarked
package dev.attune.pipeline.stage;

import org.jspecify.annotations.NullMarked;
