package dev.attune.pipeline.example;

/**
 * An example as it will be written: the body, which is shuffled once.
 *
 * @param provenance the data about its origin
 * @param line the line in the provider's format
 * @param fingerprint the SHA-256 of the line
 * @param record the key by which its decision is found; equal only for records that are equal in
 *     everything
 * @param content see {@link Identity#content}
 * @param characters the number of code points in its texts
 * @param tokens the estimated number of tokens
 * @param carried whether it is carried over from the previous dataset, so that it is not a record
 *     of this run
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
