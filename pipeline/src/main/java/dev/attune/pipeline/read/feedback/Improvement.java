package dev.attune.pipeline.read.feedback;

/**
 * A better answer to a prompt.
 *
 * @param fullId the full id of the row that it is for
 * @param response the better answer
 * @param file the file that it stands in, as the configuration would name it
 * @param line its line there, from 1
 */
record Improvement(String fullId, String response, String file, long line) implements JoinSide {
  String place() {
    return file + ":" + line;
  }
}
