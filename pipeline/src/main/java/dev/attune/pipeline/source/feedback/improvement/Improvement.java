package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.source.file.cut.LinePlace;
import org.jspecify.annotations.Nullable;

/**
 * A better answer to a prompt.
 *
 * @param fullId the full id of the row
 * @param basis {@link FeedbackRow#basis} of the row as it was when the answer was written, or null:
 *     for any version of the row
 * @param response the better answer
 * @param place of its line
 */
record Improvement(String fullId, @Nullable String basis, String response, LinePlace place)
    implements JoinSide {}
