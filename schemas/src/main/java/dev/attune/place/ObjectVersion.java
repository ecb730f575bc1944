package dev.attune.place;

import java.util.Map;

/**
 * What an object was when it was looked at.
 *
 * @param generation changes with every new content
 * @param metageneration changes with every new metadata of the same generation
 * @param bytes size of the content
 * @param crc32c of the content, big-endian, in base64
 * @param metadata of whoever wrote it
 */
public record ObjectVersion(
    long generation, long metageneration, long bytes, String crc32c, Map<String, String> metadata) {
  /** The generation of an object that does not exist, as a precondition. */
  public static final long NONE = 0;

  public ObjectVersion {
    metadata = Map.copyOf(metadata);
  }
}
