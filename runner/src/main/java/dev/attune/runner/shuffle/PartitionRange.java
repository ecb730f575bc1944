package dev.attune.runner.shuffle;

/**
 * Partitions that one bundle reads.
 *
 * @param first the first partition
 * @param end the one after the last
 */
public record PartitionRange(int first, int end) {}
