package dev.attune.pipeline.stage;

import java.io.Serializable;

/**
 * One version of a row of feedback.
 *
 * @param id of the row, without its source
 * @param basis hash of the row, 32 hex digits
 */
public record RowVersion(String id, String basis) implements Serializable {}
