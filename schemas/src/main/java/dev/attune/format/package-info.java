/** Providers' JSONL: the port that the pipeline writes through; one package a provider. */
@NullMarked
package dev.attune.format;

import org.jspecify.annotations.NullMarked;
