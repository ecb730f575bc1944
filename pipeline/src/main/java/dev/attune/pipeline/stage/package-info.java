/**
 * Records of PCollections as typed inputs and outputs of stages, and helpers with which stages
 * flatten, gather and view collections.
 */
@NullMarked
package dev.attune.pipeline.stage;

import org.jspecify.annotations.NullMarked;
