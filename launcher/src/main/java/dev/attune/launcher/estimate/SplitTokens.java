package dev.attune.launcher.estimate;

/**
 * What one file of a dataset comes to.
 *
 * @param examples its lines
 * @param records what the provider trains on
 * @param tokens of all records
 * @param examplesWithMedia how many have media, whose tokens only the provider can count
 */
public record SplitTokens(long examples, long records, long tokens, long examplesWithMedia) {}
