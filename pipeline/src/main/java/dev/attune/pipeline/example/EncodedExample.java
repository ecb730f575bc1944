package dev.attune.pipeline.example;

/**
 * An example as it will be written: the body, which is shuffled once.
 *
 * @param provenance where it comes from
 * @param line in the provider's format
 * @param fingerprint the SHA-256 of the line
 * @param record the key under which decisions find it; equal only for records that agree in
 *     everything
 * @param content see {@link Identity#content}
 * @param characters code points of its texts
 * @param tokens estimated
 * @param carried whether it is carried over from the previous dataset: no record of this run
 */
public record EncodedExample(
    Provenance provenance,
    Line line,
    Fingerprint fingerprint,
    Key128 record,
    Key128 content,
    int characters,
    int tokens,
    boolean carried) {}
