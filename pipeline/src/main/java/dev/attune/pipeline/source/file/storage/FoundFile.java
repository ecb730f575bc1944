package dev.attune.pipeline.source.file.storage;

/**
 * A file of a source that was found and not yet read.
 *
 * @param name relative to the folder of attune.yaml, with {@code /}; as it appears in locations
 * @param path the path with which {@link InputStorage} opens it
 * @param bytes its size
 * @param type the type in its name
 * @param pattern the index of the first pattern that it matches
 */
public record FoundFile(String name, String path, long bytes, FileType type, int pattern) {}
