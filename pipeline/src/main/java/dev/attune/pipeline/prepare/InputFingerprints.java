package dev.attune.pipeline.prepare;

import org.jspecify.annotations.Nullable;

/**
 * The input fingerprints of a call, each {@code sha256:} and 64 hex digits.
 *
 * @param sources what it is without a previous dataset
 * @param whole what it is as it was asked for; the same as {@code sources} where no previous
 *     dataset was asked for, null where that one cannot be built on
 * @param unfit why it cannot, in one sentence, or null
 */
public record InputFingerprints(String sources, @Nullable String whole, @Nullable String unfit) {}
