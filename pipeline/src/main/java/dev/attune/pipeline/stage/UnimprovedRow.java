package dev.attune.pipeline.stage;

import java.io.Serializable;

/**
 * A low-rated row of feedback with a comment, for which there is no improvement.
 *
 * @param id of the row, without its source, as the database has it
 * @param basis hash of the row, 32 hex digits; rows with equal fields share it
 * @param prompt the question
 * @param answer the low-rated answer
 * @param comment what the person said about the answer
 */
public record UnimprovedRow(String id, String basis, String prompt, String answer, String comment)
    implements Serializable {}
