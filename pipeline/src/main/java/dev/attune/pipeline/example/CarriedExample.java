package dev.attune.pipeline.example;

/**
 * An example of the previous dataset, as in its files.
 *
 * @param split which file it stands in, and will stand in
 * @param line as it stands there
 * @param fingerprint what its lineage says that the line's is
 */
public record CarriedExample(
    Provenance provenance, Split split, Line line, Fingerprint fingerprint) {}
