/**
 * Feedback: rows of a database, read through JDBC in ranges of one column. A row rated 4 or 5 is an
 * example. A row rated 1 or 2 needs a comment and a response from the improvement files. Everything
 * else is a rejected record: RECORD_TOO_LARGE, INVALID_ENCODING, MISSING_FIELD, SCHEMA_VIOLATION,
 * INVALID_RATING, NEUTRAL_RATING, LOW_RATING_WITHOUT_COMMENT or IMPROVEMENT_MISSING. {@link
 * dev.attune.pipeline.source.feedback.FeedbackDatabase} inspects the database at launch, {@link
 * dev.attune.pipeline.source.feedback.ReadFeedback} reads it in the pipeline.
 */
@NullMarked
package dev.attune.pipeline.source.feedback;

import org.jspecify.annotations.NullMarked;
