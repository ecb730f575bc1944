/**
 * Writes each example in the provider's format and gives it the keys by which records are compared:
 * fingerprint, normal forms, rank. Nothing is rejected here. Later stages do not parse texts again.
 */
@NullMarked
package dev.attune.pipeline.encode;

import org.jspecify.annotations.NullMarked;
