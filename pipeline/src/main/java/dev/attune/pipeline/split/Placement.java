package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import org.jspecify.annotations.Nullable;

/**
 * A record and the unit that it, or the record that stands for it, is in.
 *
 * @param fingerprint of its line
 * @param record its key
 * @param order of the unit
 * @param cluster the smallest full id in the unit
 * @param drop why and for whom it gave way, or null
 */
record Placement(
    Fingerprint fingerprint, Key128 record, long order, String cluster, @Nullable Drop drop) {}
