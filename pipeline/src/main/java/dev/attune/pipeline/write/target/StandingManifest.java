package dev.attune.pipeline.write.target;

/**
 * A manifest that stands in the folder of a run.
 *
 * @param content of the file
 * @param own whether this launch has published it, in an earlier attempt
 */
public record StandingManifest(byte[] content, boolean own) {}
