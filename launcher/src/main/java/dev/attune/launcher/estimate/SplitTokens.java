package dev.attune.launcher.estimate;

/**
 * The tokens of train.jsonl or valid.jsonl.
 *
 * @param examples number of lines
 * @param records number of records that the provider trains on
 * @param tokens tokens of all records
 * @param examplesWithMedia examples with media, whose tokens only the provider can count
 */
public record SplitTokens(long examples, long records, long tokens, long examplesWithMedia) {}
