package dev.attune.pipeline.source.file;

import java.nio.file.Path;

/**
 * A file of a source that was found and not yet read.
 *
 * @param name relative to the folder of attune.yaml, with {@code /}; as it stands in locations
 * @param path absolute
 * @param type what its name says
 * @param pattern the place in the list of patterns of the first one that it matches
 */
public record FoundFile(String name, Path path, FileType type, int pattern) {}
