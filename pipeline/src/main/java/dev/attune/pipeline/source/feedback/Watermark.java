package dev.attune.pipeline.source.feedback;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The extent of the feedback before the run; part of the input fingerprint.
 *
 * @param rows the number of rows
 * @param greatestId as text, or null if there is none. Ids that are not numbers are compared as the
 *     database compares texts
 * @param greatestTime the greatest updated_at of the table, or of a table without that column the
 *     greatest createdAt; null if there is neither
 */
public record Watermark(long rows, @Nullable String greatestId, @Nullable String greatestTime)
    implements Serializable {}
