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

  /** What stands for the check sum that the service does not tell. */
  private static final String UNKNOWN = "null";

  public ObjectVersion {
    metadata = Map.copyOf(metadata);
  }

  /**
   * Returns whether the service told the check sum. It tells none of an object that is encrypted
   * with a key of the customer, which it does not keep.
   */
  public boolean hasCheckSum() {
    return !crc32c.equals(UNKNOWN);
  }
}
