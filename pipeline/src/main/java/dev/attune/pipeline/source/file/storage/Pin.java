package dev.attune.pipeline.source.file.storage;

import java.io.Serializable;

/**
 * What an object of a bucket was when it was listed. A run reads this generation and no other.
 *
 * @param generation of the object, above 0
 * @param crc32c of its bytes, big-endian, in base64
 */
public record Pin(long generation, String crc32c) implements Serializable {}
