package dev.attune.pipeline.dedup;

/**
 * One band of a text's signature.
 *
 * @param band its hash
 * @param node of the text, see {@link dev.attune.pipeline.nearness.Shingled#node}
 * @param lower of the sketch
 * @param upper of the sketch
 */
public record BandEntry(long band, long node, long lower, long upper) {}
