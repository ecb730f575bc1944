package dev.attune.pipeline.prepare;

import org.jspecify.annotations.Nullable;

/**
 * The input fingerprints of a request, each {@code sha256:} and 64 hex digits.
 *
 * @param sources without the previous dataset
 * @param whole with the previous dataset; equal to {@code sources} if none was requested, null if
 *     it is not compatible
 * @param unfit why the previous dataset is not compatible, in one sentence, or null
 */
public record InputFingerprints(String sources, @Nullable String whole, @Nullable String unfit) {}
