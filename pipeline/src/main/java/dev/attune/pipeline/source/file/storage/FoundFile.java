package dev.attune.pipeline.source.file.storage;

/**
 * A file of a source that was found and not yet read.
 *
 * @param name relative to the folder of attune.yaml, with {@code /}; as it appears in locations
 * @param path where {@link InputStorage} opens it
 * @param bytes its size
 * @param type what its name says
 * @param pattern the index in the list of patterns of the first one that it matches
 */
public record FoundFile(String name, String path, long bytes, FileType type, int pattern) {}
