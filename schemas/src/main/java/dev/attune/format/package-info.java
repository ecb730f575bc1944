/**
 * Providers' JSONL formats: what they share. Each provider has a package with its encoder, decoder
 * and rules.
 */
@NullMarked
package dev.attune.format;

import org.jspecify.annotations.NullMarked;
