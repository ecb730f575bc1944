package dev.attune.pipeline.write.destination;

/**
 * A manifest that stands in the folder of a run.
 *
 * @param content of the file
 * @param own whether this launch has published it, in an earlier attempt
 */
public record StandingManifest(String content, boolean own) {}
