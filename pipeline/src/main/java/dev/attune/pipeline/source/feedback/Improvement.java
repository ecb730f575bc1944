package dev.attune.pipeline.source.feedback;

import org.jspecify.annotations.Nullable;

/**
 * A better answer to a prompt.
 *
 * @param fullId the full id of the row that it is for
 * @param basis {@link FeedbackRow#basis} of the row as it was when the answer was written, or null:
 *     for the row whatever it says
 * @param response the better answer
 * @param file the file that it stands in, as the configuration would name it
 * @param line its line there, from 1
 */
record Improvement(String fullId, @Nullable String basis, String response, String file, long line)
    implements JoinSide {
  String place() {
    return file + ":" + line;
  }
}
