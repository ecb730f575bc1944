package dev.attune.pipeline.source.file.storage;

import org.jspecify.annotations.Nullable;

/**
 * A file of a source that was found and not yet read.
 *
 * @param name relative to the folder of attune.yaml, with {@code /}; as it appears in locations
 * @param path the path with which {@link InputStorage} opens it, or {@code gs://bucket/name}
 * @param bytes its size
 * @param type the type in its name
 * @param pattern the index of the first pattern that it matches
 * @param pin of an object; null for a file of this machine
 * @param lineBytes about how many bytes a line of its text has, or 0 if that is not known
 */
public record FoundFile(
    String name,
    String path,
    long bytes,
    FileType type,
    int pattern,
    @Nullable Pin pin,
    long lineBytes) {
  /** Creates a file of this machine. */
  public FoundFile(String name, String path, long bytes, FileType type, int pattern) {
    this(name, path, bytes, type, pattern, null, 0);
  }

  /** Returns a copy with an estimate of its lines. */
  public FoundFile withLines(long ofBytes) {
    return new FoundFile(name, path, bytes, type, pattern, pin, ofBytes);
  }

  /** Returns the generation of an object, or 0 for a file of this machine. */
  long generation() {
    return pin == null ? FileRange.LOCAL : pin.generation();
  }

  /** Returns whether it can be divided at line ends: its lines are its stored bytes. */
  boolean isOfPlainLines() {
    return type == FileType.JSONL && !FileType.isGz(name);
  }
}
