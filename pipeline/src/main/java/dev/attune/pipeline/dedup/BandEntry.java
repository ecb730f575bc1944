package dev.attune.pipeline.dedup;

/**
 * One band of a text's signature.
 *
 * @param band the hash of the band
 * @param node the node of the text, see {@link dev.attune.pipeline.nearness.Shingled#node}
 * @param lower the lower bits of the sketch
 * @param upper the upper bits of the sketch
 */
public record BandEntry(long band, long node, long lower, long upper) {}
