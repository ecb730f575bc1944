package dev.attune.pipeline.source.feedback;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How far the feedback had come at launch; part of the input fingerprint.
 *
 * @param rows how many there are
 * @param greatestId as text, or null where there is none. Ids that are no numbers are compared as
 *     the database compares texts
 * @param greatestTime the greatest updated_at of the table, or of a table without that column the
 *     greatest createdAt; null where there is neither
 */
public record Watermark(long rows, @Nullable String greatestId, @Nullable String greatestTime)
    implements Serializable {}
