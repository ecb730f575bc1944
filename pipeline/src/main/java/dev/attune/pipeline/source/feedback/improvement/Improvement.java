package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import org.jspecify.annotations.Nullable;

/**
 * A better answer to a prompt.
 *
 * @param fullId the full id of the row
 * @param basis {@link FeedbackRow#basis} of the row as it was when the answer was written, or null:
 *     for any version of the row
 * @param response the better answer
 * @param file the name of its file, relative to the folder of attune.yaml
 * @param line its line in the file, from 1
 */
record Improvement(String fullId, @Nullable String basis, String response, String file, long line)
    implements JoinSide {
  String place() {
    return file + ":" + line;
  }
}
