package dev.attune.launcher.evaluation;

import dev.attune.launcher.evaluation.document.Standing;

/**
 * A model that takes part in an evaluation.
 *
 * @param standing as what
 * @param id what people call it: the id of its job, or the name of a base model
 * @param model to ask; whoever made the contestant closes it
 */
public record Contestant(Standing standing, String id, AskedModel model) {
  /** For a line on a terminal. */
  String title() {
    return standing.key() + " " + id;
  }
}
