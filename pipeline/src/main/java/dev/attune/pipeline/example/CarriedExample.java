package dev.attune.pipeline.example;

/**
 * An example of the previous dataset, as in its files.
 *
 * @param split the split that it is in, also in the new dataset
 * @param line the line, unchanged
 * @param fingerprint the fingerprint of the line in lineage.jsonl
 */
public record CarriedExample(
    Provenance provenance, Split split, Line line, Fingerprint fingerprint) {}
